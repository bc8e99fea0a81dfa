import { readFile, writeFile } from 'node:fs/promises';
import { boards, renderBoard } from '@artdag/deployment';
import { renderCli } from './render-cli.ts';
import { renderConfiguration } from './render-configuration.ts';
import { renderMetrics } from './render-metrics.ts';

const root = new URL('../../', import.meta.url);

/** Every page and every board that is made from code. */
const PAGES = [
  { url: new URL('docs/cli.md', root), render: renderCli },
  { url: new URL('docs/configuration.md', root), render: renderConfiguration },
  { url: new URL('docs/metrics.md', root), render: renderMetrics },
  ...Object.entries(boards).map(([name, board]) => ({
    url: new URL(`deploy/grafana/dashboards/${name}.json`, root),
    render: () => renderBoard(board),
  })),
];

/** Writes the pages, or with `--check` says which of them are not what the code says. */
const isCheck = process.argv.includes('--check');

for (const { url, render } of PAGES) {
  const page = render();
  if (!isCheck) await writeFile(url, page);
  else if ((await readFile(url, 'utf8').catch(() => '')) !== page) {
    process.stderr.write(`${url.pathname} is not what the code says: run "pnpm docs:fix".\n`);
    process.exitCode = 1;
  }
}
