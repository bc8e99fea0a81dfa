import type { Registration } from './register.ts';

interface Window {
  /** As `performance.now()` counts. */
  readonly from: number;
  readonly until: number;
  readonly limitMs: number;
}

/**
 * One line where attempts that were begun in the window took longer than the limit, with the worst
 * of them; and one where none was begun at all, because then nothing was tried.
 */
export function findSlowAttempts(
  registrations: readonly Registration[],
  { from, until, limitMs }: Window,
): string[] {
  const begun = registrations
    .flatMap(({ attempts }) => attempts)
    .filter(({ startedAt }) => startedAt > from && startedAt < until);
  if (begun.length === 0) return ['nothing was tried during the fault'];
  const [worst, ...others] = begun
    .filter(({ ms }) => ms > limitMs)
    .sort((one, other) => other.ms - one.ms);
  if (!worst) return [];
  return [
    `${others.length + 1} of ${begun.length} were slow; the worst, ${worst.status}, took ${Math.round(worst.ms)} ms`,
  ];
}
