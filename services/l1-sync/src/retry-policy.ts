const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * The wait after `attempts` tries, in milliseconds: doubling from a second up to a minute, with a
 * quarter of jitter either way. So a run is registered at most about a minute after its L1 is back.
 */
export function waitBeforeNextTry(attempts: number, random: number): number {
  const wait = Math.min(FIRST_MS * 2 ** Math.max(0, attempts - 1), LONGEST_MS);
  return Math.round(wait * (0.75 + random / 2));
}
