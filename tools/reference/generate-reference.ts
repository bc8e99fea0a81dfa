import { readFile, writeFile } from 'node:fs/promises';
import { renderCli } from './render-cli.ts';
import { renderConfiguration } from './render-configuration.ts';
import { renderMetrics } from './render-metrics.ts';

/** Every page of the documentation that is made from code. */
const PAGES = [
  { url: new URL('../../docs/cli.md', import.meta.url), render: renderCli },
  { url: new URL('../../docs/configuration.md', import.meta.url), render: renderConfiguration },
  { url: new URL('../../docs/metrics.md', import.meta.url), render: renderMetrics },
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
