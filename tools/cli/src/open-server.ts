import { join } from 'node:path';
import { createIris, type Iris } from '@artdag/activitypub';
import {
  dataSettings,
  expandHome,
  identitySettings,
  readSettings,
  storeSettings,
} from '@artdag/runtime';
import type { Store } from '@artdag/store';
import { Type } from 'typebox';
import type { Terminal } from './terminal.ts';

/** What a command works with that needs no running server: the database and the keys. */
export interface OpenedServer extends AsyncDisposable {
  readonly store: Store;
  readonly mongodbUrl: string;
  readonly iris: Iris;
  readonly dataDirectory: string;
  readonly keyDirectory: string;
  readonly firstUser: string;
}

const settings = Type.Object({
  ...identitySettings,
  ...dataSettings,
  MONGODB_URL: Type.Optional(storeSettings.MONGODB_URL),
});

/** How a server is opened. */
export interface OpenOptions {
  /** Whether the embedded MongoDB of a server that runs is used as well. */
  readonly besideRunning?: boolean;
}

/**
 * Connects to `MONGODB_URL`, or starts the embedded MongoDB of `ARTDAG_DATA` as `npm start` does.
 *
 * @throws AppError `settings-invalid`; `start-failed` where a running server holds the data.
 */
export async function openServer(
  terminal: Terminal,
  { besideRunning = false }: OpenOptions = {},
): Promise<OpenedServer> {
  // Drivers are much to load for commands that need none.
  const [{ findRunningServer }, { connectStore }] = await Promise.all([
    import('@artdag/local-servers'),
    import('@artdag/store'),
  ]);
  const values = readSettings(settings, terminal.env);
  const dataDirectory = expandHome(values.ARTDAG_DATA);
  await using parts = new AsyncDisposableStack();
  const running = besideRunning ? findRunningServer('mongodb', dataDirectory) : undefined;
  const given = values.MONGODB_URL ?? running;
  const url = given ?? parts.use(await startMongo(dataDirectory, terminal)).url;
  const store = parts.use(await connectStore(url));
  const opened = parts.move();
  return {
    store,
    mongodbUrl: url,
    iris: createIris(values.ARTDAG_PUBLIC_URL ?? `https://${values.ARTDAG_DOMAIN}`),
    dataDirectory,
    keyDirectory: join(dataDirectory, 'keys'),
    firstUser: values.ARTDAG_USER,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function startMongo(dataDir: string, { env, note }: Terminal) {
  const log = {
    info: () => undefined,
    warn: (_: object, message: string) => note(`${message}\n`),
  };
  const { chooseCacheDir, startLocalMongo } = await import('@artdag/local-servers');
  return startLocalMongo({ dataDir, cacheDir: chooseCacheDir(env), log, env });
}
