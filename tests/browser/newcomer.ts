import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { runVerify } from './run-verify.ts';
import { password } from './seed-world.ts';
import type { Scene } from './start-scene.ts';

/** A page of a browser that nobody has used. */
export async function openFreshPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** Sets the first operator's password by the printed link, and logs him in. */
export async function becomeOperator(page: Page, { url, setupLink }: Scene): Promise<void> {
  await page.goto(setupLink);
  await page.locator('input[type=password]').first().fill(password);
  await page.locator('main button[type=submit]').click();
  await logIn(page, url, 'giles');
}

/** Becomes a user by the form, and is logged in afterwards. */
export async function becomeUser(page: Page, url: string, username: string): Promise<void> {
  await page.goto(`${url}/register`);
  await page.locator('[name=username]').fill(username);
  await page.locator('[name=password]').fill(password);
  await page.locator('main form button[type=submit]').click();
  await page.getByText(`@${username}@`).first().waitFor();
  await logOut(page, url);
}

export async function logIn(page: Page, url: string, username: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.locator('[name=username]').fill(username);
  await page.locator('[name=password]').fill(password);
  await page.locator('main form button[type=submit]').click();
  await page.getByText(`@${username}@`).first().waitFor();
}

async function logOut(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/logout`);
  await page.locator('main form button[type=submit]').click();
  await page.locator('a[href^="/login"]').first().waitFor();
}

/**
 * Registers a work by the form, in the session of the page, and ends on the page of the work. Gives the
 * statement that the form shows while it is filled in, and the one that is shown before it is signed.
 */
export async function registerWork(page: Page, url: string, { name, file }: Work) {
  await page.goto(`${url}/register-work`);
  await page.locator('[data-hash-file]').setInputFiles(file);
  await page.locator('[data-hash-status]', { hasText: /[0-9a-f]{64}/ }).waitFor();
  await page.locator('[name=name]').fill(name);
  await page.locator('[name=metadata]').fill('{"fps":30.0}');
  const written = await page.locator('[data-statement]').textContent();
  await page.locator('[name=step][value=preview]').click();
  const sign = page.locator('[name=step][value=sign]');
  await sign.waitFor();
  const previewed = await page.locator('main pre').textContent();
  await sign.click();
  await page.waitForURL(`${url}/registry/${encodeURIComponent(name)}`);
  return { written, previewed };
}

/** A work with a file that stands for it. */
interface Work {
  readonly name: string;
  readonly file: string;
}

/** What each of the three ways says of a file: by the file, by the pasted claim, by the command. */
export async function checkFile(page: Page, url: string, work: Work) {
  const address = `${url}/registry/${encodeURIComponent(work.name)}`;
  const asset = await page.request.get(address, { headers: { accept: 'application/json' } });
  const activity = await page.request.get(`${url}/activities/${(await asset.json()).activity_id}`, {
    headers: { accept: 'application/activity+json' },
  });
  return {
    byFile: await checkInPage(page, url, { file: work.file, activity: '' }),
    byClaim: await checkInPage(page, url, { file: work.file, activity: await activity.text() }),
    byCommand: await runPrintedCommand(page, address, work.file),
  };
}

async function checkInPage(
  page: Page,
  url: string,
  { file, activity }: { readonly file: string; readonly activity: string },
): Promise<string> {
  await page.goto(`${url}/verify`);
  await page.locator('#activity').fill(activity);
  await page.locator('#file').setInputFiles(file);
  await page.locator('#result p').first().waitFor();
  return (await page.locator('#status').textContent()) ?? '';
}

/** Runs the command that the work's page prints, with the file in the place of FILE. */
async function runPrintedCommand(page: Page, address: string, file: string) {
  await page.goto(address);
  const printed = (await page.getByText(/^artdag-l2 verify 'http/).textContent()) ?? '';
  const [, url = ''] = /^artdag-l2 verify '([^']+)' --file FILE$/.exec(printed.trim()) ?? [];
  const { code } = await runVerify(url, '--file', file, '--allow-host', new URL(url).host);
  return code;
}

/** Writes a file and the same with its last byte changed. */
export async function writeWork(folder: string): Promise<{ file: string; changed: string }> {
  const [file, changed] = [join(folder, 'work.txt'), join(folder, 'changed.txt')];
  await writeFile(file, 'drawn by code\n');
  await writeFile(changed, 'drawn by code!');
  return { file, changed };
}
