import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { listClaims, vectorActor } from './claims.ts';
import { findChromium } from './find-chromium.ts';
import { inspectPage, LOOKS } from './inspect-page.ts';
import {
  becomeOperator,
  becomeUser,
  checkFile,
  logIn,
  openFreshPage,
  registerWork,
  writeWork,
} from './newcomer.ts';
import { createViews, type Views } from './open-view.ts';
import { PAGES } from './pages.ts';
import { inspectPlantedPage, PLANTED_FAULTS } from './planted-page.ts';
import { runVerify, verifyInPage, withoutTime } from './run-verify.ts';
import { takeScreenshots } from './screenshots.ts';
import { seedShow } from './seed-show.ts';
import { hashOf, seedWorld } from './seed-world.ts';
import { type Scene, startScene } from './start-scene.ts';

const executablePath = await findChromium(process.env);
const parts = new AsyncDisposableStack();
let scene: Scene;
let views: Views;

if (!executablePath) {
  test.skip('NOT RUN: there is no Chromium');
  process.stderr.write(
    'The browser tests were NOT RUN: set CHROMIUM_PATH, or install chromium (apt-get install chromium).\n',
  );
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'artdag-browser-'));
  parts.defer(() => rm(folder, { recursive: true }));
  return folder;
}

/** A folder, where pictures of pages are wanted and nothing else. */
const pictures = process.env['ARTDAG_SCREENSHOTS'];

if (executablePath && pictures) {
  test('pictures of the main pages', async () => {
    const stores = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
    const own = { executablePath, seed: seedShow, domain: 'art.example' };
    await using show = await startScene({ ...stores, ...own });
    expect(await takeScreenshots(show, pictures)).toHaveLength(15);
  });
}

describe.runIf(executablePath && !pictures)('in a browser', { timeout: 30_000 }, () => {
  beforeAll(async () => {
    if (!executablePath) return;
    const stores = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
    scene = parts.use(await startScene({ ...stores, executablePath, seed: seedWorld }));
    views = createViews(scene);
  });
  afterAll(() => parts.disposeAsync());

  test.each(PAGES)('$name: has no fault in any look', async (page) => {
    const address = `${scene.url}${page.path(scene.world)}`;
    const faults = await Promise.all(
      LOOKS.map(async (look) => {
        const context = await views.open(page.viewer ?? 'guest', look);
        const found = await inspectPage(context, { address, status: page.status ?? 200, look });
        return found.map((fault) => `scripts ${look.scripts ? 'on' : 'off'}, ${fault}`);
      }),
    );
    expect(faults.flat()).toEqual([]);
  });

  test('a page with planted faults fails, by each of them', async () => {
    const faults = (await inspectPlantedPage(scene.browser, scene.url)).join('\n');
    for (const [fault, pattern] of Object.entries(PLANTED_FAULTS)) {
      expect(faults, fault).toMatch(pattern);
    }
  });

  test('a newcomer gets from the first link to a claim that all can check', async () => {
    const folder = await makeFolder();
    const { file, changed } = await writeWork(folder);
    const { url, browser } = scene;
    const operator = await openFreshPage(browser);
    await becomeOperator(operator, scene);
    const page = await openFreshPage(browser);
    await becomeUser(page, url, 'newcomer');
    await logIn(page, url, 'newcomer');
    const { written, previewed } = await registerWork(page, url, { name: 'first work', file });
    const hash = hashOf('drawn by code\n');
    expect(previewed).toBe(written);
    expect(previewed).toContain(`"contentHash":{"algorithm":"sha3-256","value":"${hash}"}`);
    expect(previewed).toContain('"metadata":{"fps":30.0}');
    expect(await page.locator('main').textContent()).toMatch(/@newcomer@\S+ claims this work/);

    const whole = await checkFile(page, url, { name: 'first work', file });
    expect(whole).toEqual({
      byFile: expect.stringMatching(/^All that was checked holds/),
      byClaim: expect.stringMatching(/^All that was checked holds/),
      byCommand: 0,
    });
    expect(await checkFile(page, url, { name: 'first work', file: changed })).toEqual({
      byFile: expect.stringMatching(/knows no signed claim/),
      byClaim: expect.stringMatching(/not about this file/),
      byCommand: 13,
    });
  });

  test('WebAssembly may run in the worker that hashes, and on no page', async () => {
    const policyOf = async (path: string) =>
      (await fetch(`${scene.url}${path}`)).headers.get('content-security-policy');
    expect(await policyOf('/scripts/hash-worker.js')).toContain("'wasm-unsafe-eval'");
    expect(await policyOf('/verify')).toContain("script-src 'self';");
    expect(await policyOf('/scripts/verify.js')).not.toContain('wasm-unsafe-eval');
  });

  test('the verify page says what the command line says, of every vector', async () => {
    const folder = await makeFolder();
    const actor = join(folder, 'actor.json');
    await writeFile(actor, vectorActor);
    const context = await views.open('guest', { scripts: true });
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
