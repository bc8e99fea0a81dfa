import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createTestDatabaseUrl,
  createTestPrefix,
  freePort,
  startChild,
  waitFor,
} from '@artdag/testing';
import { type Browser, chromium } from 'playwright-core';
import type { World } from './seed-world.ts';
import type { Server } from './server.ts';

/** A server as people start it, filled, and a browser. */
export interface Scene extends AsyncDisposable {
  readonly url: string;
  readonly browser: Browser;
  readonly world: World;
  /** What the first start prints for the operator. */
  readonly setupLink: string;
}

/** Where the scene's stores are, and which browser it opens. */
export interface SceneOptions {
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  readonly executablePath: string;
  /** Fills the server. */
  readonly seed: (server: Server) => Promise<World>;
  /** How the server calls itself; by its address where nothing is said. */
  readonly domain?: string;
}

const main = fileURLToPath(new URL('../../services/all-in-one/src/main.ts', import.meta.url));
const START_MS = 60_000;
/** No process is started for a page that nobody has asked for yet. */
const LEAN = '--disable-features=ProactivelySwapBrowsingInstance,SpareRendererForSitePerProcess';

/** One server and one browser for a whole suite. */
export async function startScene(options: SceneOptions): Promise<Scene> {
  const { executablePath, seed } = options;
  await using parts = new AsyncDisposableStack();
  const args = [LEAN, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const mongodbUrl = createTestDatabaseUrl(options.mongodbUrl);
  const [server, browser] = await Promise.all([
    startServer({ ...options, mongodbUrl }, parts),
    chromium.launch({ executablePath, args }),
  ]);
  parts.defer(() => browser.close());
  const world = await seed(server);
  const started = parts.move();
  return {
    ...server,
    browser,
    world,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function startServer(
  { mongodbUrl, redisUrl, domain }: Pick<SceneOptions, 'mongodbUrl' | 'redisUrl' | 'domain'>,
  parts: AsyncDisposableStack,
): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'artdag-browser-'));
  parts.defer(() => rm(dataDir, { recursive: true, force: true }));
  const [port, metricsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: String(port),
    MONGODB_URL: mongodbUrl,
    REDIS_URL: redisUrl,
    ARTDAG_DATA: dataDir,
    ARTDAG_DOMAIN: domain ?? `127.0.0.1:${port}`,
    ARTDAG_PUBLIC_URL: url,
    ARTDAG_METRICS_PORT: String(metricsPort),
    ARTDAG_QUEUE_PREFIX: createTestPrefix(),
    ARTDAG_LOG_LEVEL: 'warn',
    ARTDAG_JWT_SECRET_FILE: join(dataDir, 'none'),
  };
  const child = parts.use(startChild({ command: process.execPath, args: [main], env }));
  const findLink = () => /http\S+(\/setup\/\S+)/.exec(child.output())?.[1];
  await waitFor(
    'the server is ready and says how to begin',
    async () => child.hasEnded() || ((await fetch(`${url}/health/ready`)).ok && findLink()),
    START_MS,
  );
  const link = findLink();
  if (link === undefined) throw new Error(`no server:\n${child.output()}`);
  return { url, mongodbUrl, env, setupLink: `${url}${link}` };
}
