import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { listClaims, vectorActor } from './claims.ts';
import { findChromium } from './find-chromium.ts';
import { inspectPage, LOOKS, openContext } from './inspect-page.ts';
import { runVerify, verifyInPage, withoutTime } from './run-verify.ts';
import { type Scene, startScene } from './start-scene.ts';

const executablePath = await findChromium(process.env);
const parts = new AsyncDisposableStack();
let scene: Scene;

if (!executablePath) {
  test.skip('NOT RUN: there is no Chromium');
  process.stderr.write(
    'The browser tests were NOT RUN: set CHROMIUM_PATH, or install chromium (apt-get install chromium).\n',
  );
}

describe.runIf(executablePath)('in a browser', { timeout: 30_000 }, () => {
  beforeAll(async () => {
    if (!executablePath) return;
    const stores = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
    scene = parts.use(await startScene({ ...stores, executablePath }));
  });
  afterAll(() => parts.disposeAsync());

  test.each(LOOKS)('%j', async (look) => {
    const context = await openContext(scene.browser, look);
    const visit = { address: `${scene.url}/verify`, status: 200, scripts: look.scripts };
    expect(await inspectPage(context, visit)).toEqual([]);
    await context.close();
  });

  test('the verify page says what the command line says, of every vector', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'artdag-browser-'));
    parts.defer(() => rm(folder, { recursive: true }));
    const actor = join(folder, 'actor.json');
    await writeFile(actor, vectorActor);
    await using context = await openContext(scene.browser, LOOKS[0]);
    const page = await context.newPage();
    await page.goto(`${scene.url}/verify`);
    for (const [index, { name, text }] of (await listClaims()).entries()) {
      const file = join(folder, `${index}.json`);
      await writeFile(file, text);
      const [shown, { result }] = await Promise.all([
        verifyInPage(page, text, vectorActor),
        runVerify(file, '--key', actor, '--json'),
      ]);
      expect(withoutTime(shown), name).toEqual(withoutTime(JSON.parse(result)));
    }
  });
});
