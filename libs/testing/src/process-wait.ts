import { setTimeout as delay } from 'node:timers/promises';

const ASK_EVERY_MS = 50;

/**
 * Asks until `check` gives something, and returns that.
 *
 * @throws Error that names `what` and the last failure, after `withinMs`.
 */
export async function waitFor<T>(
  what: string,
  check: () => Promise<T | false | undefined> | T | false | undefined,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let cause: unknown;
  do {
    try {
      const found = await check();
      if (found !== false && found !== undefined) return found;
    } catch (error) {
      cause = error;
    }
    await delay(ASK_EVERY_MS);
  } while (performance.now() < deadline);
  throw new Error(`not within ${withinMs} ms: ${what}`, { cause });
}
