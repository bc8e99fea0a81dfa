import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { showPiece, silentHost } from './seed-show.ts';
import type { Scene } from './start-scene.ts';

const LOOKS = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 } },
} as const satisfies Record<string, BrowserContextOptions>;

const PAGES = {
  home: '/',
  asset: `/registry/${encodeURIComponent(showPiece.name)}`,
  verify: '/verify',
  queues: '/admin/queues',
  peer: `/admin/peers/${silentHost}`,
} as const;

/** Takes pictures of the main pages, as `home-light.png`, into a folder; gives their names. */
export async function takeScreenshots(
  { browser, url, world }: Scene,
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const names: string[] = [];
  for (const [look, options] of Object.entries(LOOKS)) {
    await using context = await browser.newContext(options);
    const page = await context.newPage();
    const operator = { name: 'auth_token', value: world.tokens.operator, url };
    for (const [name, path] of Object.entries(PAGES)) {
      // Pages for everybody are shown as everybody sees them.
      if (path.startsWith('/admin')) await context.addCookies([operator]);
      await page.goto(`${url}${path}`, { waitUntil: 'networkidle' });
      if (name === 'verify') await verifyShowPiece(page);
      const file = `${name}-${look}.png`;
      await page.screenshot({ path: join(folder, file) });
      names.push(file);
    }
  }
  return names;
}

/** What the verify page is for shows only with a report on it. */
async function verifyShowPiece(page: Page): Promise<void> {
  await page.locator('#file').setInputFiles({
    name: 'low-tide.png',
    mimeType: 'image/png',
    buffer: showPiece.bytes,
  });
  await page.locator('#result ol').waitFor();
  await page.locator('#result').scrollIntoViewIfNeeded();
  await page.locator('#status').evaluate((status) => {
    status.scrollIntoView();
    scrollBy(0, -12);
  });
}
