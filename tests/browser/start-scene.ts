import { freePort, startConstellation } from '@artdag/testing';
import { type Browser, chromium } from 'playwright-core';
import { seedWorld, type World } from './seed-world.ts';

/** Servers, and where there is a Chromium, a browser. */
export interface Scene extends AsyncDisposable {
  readonly url: string;
  readonly browser: Browser;
  readonly world: World;
  /** The end of what the servers have logged. */
  logs(): string;
}

/** Where the scene's stores are, and which browser it opens. */
export interface SceneOptions {
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  readonly executablePath: string;
}

/** One server and one browser for a whole suite. */
export async function startScene({ executablePath, ...stores }: SceneOptions): Promise<Scene> {
  await using parts = new AsyncDisposableStack();
  const publicPort = await freePort();
  const [constellation, browser] = await Promise.all([
    startConstellation({ ...stores, publicPort }).then((started) => parts.use(started)),
    chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] }),
  ]);
  parts.defer(() => browser.close());
  const url = `http://127.0.0.1:${publicPort}`;
  const world = await seedWorld(url, constellation.mongodbUrl);
  const started = parts.move();
  return {
    url,
    browser,
    world,
    logs: () => constellation.logs(),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
