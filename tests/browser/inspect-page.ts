import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { BrowserContext, ConsoleMessage, Page, Request } from 'playwright-core';

/** How a loaded page is shown. */
interface Face {
  readonly scheme: 'light' | 'dark';
  readonly width: 320 | 1280;
}

/** A page is loaded with scripts and without, and shown in two faces each time. */
export interface Look {
  readonly scripts: boolean;
  readonly faces: readonly Face[];
}

/** Any two of scheme, scripts and width come together in one of these. */
export const LOOKS: readonly Look[] = [
  {
    scripts: true,
    faces: [
      { scheme: 'light', width: 1280 },
      { scheme: 'dark', width: 320 },
    ],
  },
  {
    scripts: false,
    faces: [
      { scheme: 'dark', width: 1280 },
      { scheme: 'light', width: 320 },
    ],
  },
];

const HEIGHT = 900;

declare const axe: typeof axeCore;

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Which page is looked at, and how it should answer. */
export interface Visit {
  readonly address: string;
  readonly status: number;
  readonly look: Look;
}

/** Everything that is wrong with a page, in words; an empty list is a pass. */
export async function inspectPage(
  context: BrowserContext,
  { address, status, look }: Visit,
): Promise<string[]> {
  // A page of its own for each visit would be a process of its own.
  const page = context.pages()[0] ?? (await context.newPage());
  const { faults, stop } = watch(page, address);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setScriptExecutionDisabled', { value: !look.scripts });
  const response = await page.goto(address, { waitUntil: 'load' });
  if (response?.status() !== status) faults.push(`status ${response?.status()}`);
  // What inspects the page is a script too; the page's own have had their chance.
  await session.send('Emulation.setScriptExecutionDisabled', { value: false });
  await page.evaluate(axeSource);
  for (const face of look.faces) faults.push(...(await inspectFace(page, face)));
  // The order does not hang on scripts or colours, and every key takes a while.
  if (look.scripts) faults.push(...(await findTabFaults(page)));
  stop();
  await session.detach();
  return faults;
}

async function inspectFace(page: Page, { scheme, width }: Face): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: HEIGHT });
  const found = [...(await findAxeViolations(page)), ...(await findOverflow(page))];
  return found.map((fault) => `${scheme}, ${width} px: ${fault}`);
}

/** Collects what a page must never do: ask another host, break its own policy, throw. */
function watch(page: Page, address: string) {
  const faults: string[] = [];
  const { origin } = new URL(address);
  const onRequest = (request: Request) => {
    const url = new URL(request.url());
    const isOwn = url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isOwn) faults.push(`asks another host: ${url.href}`);
  };
  const onConsole = (message: ConsoleMessage) => {
    const isStatus = /the server responded with a status of/.test(message.text());
    if (message.type() === 'error' && !isStatus) faults.push(`console: ${message.text()}`);
  };
  const onError = (error: Error) => void faults.push(`script: ${error.message}`);
  page.on('request', onRequest).on('console', onConsole).on('pageerror', onError);
  const stop = () =>
    page.off('request', onRequest).off('console', onConsole).off('pageerror', onError);
  return { faults, stop };
}

async function findAxeViolations(page: Page): Promise<string[]> {
  const options: RunOptions = {
    runOnly: { type: 'tag', values: TAGS },
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  };
  const results = await page.evaluate(runAxe, options);
  return results.violations.map(({ id, nodes }) => {
    const places = nodes
      .slice(0, 3)
      .map(({ target, failureSummary }) =>
        [target.join(' '), failureSummary?.split('\n')[1]?.trim()].join(': '),
      );
    return `axe ${id}: ${places.join(' | ')}`;
  });
}

/** Runs in the page. */
function runAxe(options: RunOptions): Promise<AxeResults> {
  return axe.run(document, options);
}

/** Text that leaves the page to the side must be scrolled in two directions. */
async function findOverflow(page: Page): Promise<string[]> {
  const [scroll, client] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth] as const;
  });
  return scroll > client ? [`is ${scroll} px wide in ${client} px`] : [];
}

/** Walks by Tab: what is reached must come in the order of the document, and be all there is. */
async function findTabFaults(page: Page): Promise<string[]> {
  const count = await page.evaluate(numberFocusable);
  const reached: number[] = [];
  for (let step = 0; step < count; step += 1) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(numberOfActive));
  }
  const expected = Array.from({ length: count }, (_, index) => index);
  return reached.join() === expected.join() ? [] : [`Tab goes ${reached.join(' ')}`];
}

/** Runs in the page. */
function numberFocusable(): number {
  const selector =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const all = [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (element) => element.checkVisibility() && !element.matches(':disabled'),
  );
  for (const [index, element] of all.entries()) element.dataset['tabNumber'] = String(index);
  return all.length;
}

/** Runs in the page. */
function numberOfActive(): number {
  const active = document.activeElement;
  return active instanceof HTMLElement ? Number(active.dataset['tabNumber'] ?? -1) : -1;
}
