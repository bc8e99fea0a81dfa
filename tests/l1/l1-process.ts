import { fileURLToPath } from 'node:url';
import { startChild, waitFor } from '@artdag/testing';
import type { L1News } from './start-l1.ts';

/** A small L1 as a process of its own. */
export interface L1Process extends AsyncDisposable {
  /** Its base URL. */
  readonly url: string;
  news(): Promise<L1News>;
}

const main = fileURLToPath(new URL('l1-main.ts', import.meta.url));

/** Starts what {@link startL1} does as a process. */
export async function startL1Process(): Promise<L1Process> {
  await using parts = new AsyncDisposableStack();
  const env = { PATH: process.env['PATH'] };
  const child = parts.use(startChild({ command: process.execPath, args: [main], env }));
  const url = await waitFor(
    'an L1',
    () => /^(?<url>http\S+)\n/.exec(child.output())?.groups?.['url'],
  );
  const started = parts.move();
  return {
    url,
    news: async () => (await (await fetch(`${url}/news`)).json()) as L1News,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
