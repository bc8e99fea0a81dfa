import { fileURLToPath } from 'node:url';
import { startChild } from '@artdag/testing';
import type { Page } from 'playwright-core';

const program = fileURLToPath(new URL('../../tools/cli/src/main.ts', import.meta.url));

/** How a command has ended: its exit code, and what it wrote to stdout and stderr. */
interface Ended {
  readonly code: number | null;
  readonly result: string;
  readonly notes: string;
}

/** `artdag-l2 …` with settings. */
export async function runCommand(
  env: Readonly<Record<string, string | undefined>>,
  ...args: string[]
): Promise<Ended> {
  const child = startChild({
    command: process.execPath,
    args: [program, ...args],
    env: { ...env, PATH: process.env['PATH'] },
  });
  const { code } = await child.ended;
  const notes = child.errorOutput();
  return { code, result: child.output().replace(notes, ''), notes };
}

/** `artdag-l2 verify …`. */
export function runVerify(...args: string[]): Promise<Ended> {
  return runCommand({}, 'verify', ...args);
}

/** Pastes an activity and a key into the verify page and gives the report that it shows. */
export async function verifyInPage(page: Page, activity: string, key: string): Promise<unknown> {
  await page.locator('#result').evaluate((result) => result.replaceChildren());
  await page.locator('#activity').fill(activity);
  const details = page.locator('#activity-form details');
  if (!(await details.evaluate((element) => element.hasAttribute('open'))))
    await details.locator('summary').click();
  await page.locator('#key').fill(key);
  await page.locator('#activity-form button[type=submit]').click();
  return readReport(page);
}

/** The report that the verify page shows, once it does. */
export async function readReport(page: Page): Promise<unknown> {
  return JSON.parse((await page.locator('#report-json').textContent()) ?? '');
}

/** A report without the time of the check. */
export function withoutTime(report: unknown): unknown {
  const text = JSON.stringify(report);
  return JSON.parse(text.replace(/"at":"[^"]*"/, '"at":""'));
}
