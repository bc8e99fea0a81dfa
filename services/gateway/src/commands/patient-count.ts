import { setTimeout as delay } from 'node:timers/promises';

/** A count that may take its time, and how much of it there is by now. */
export type CountSoFar<T> =
  /** Made for this question. */
  | { readonly kind: 'current'; readonly counted: T }
  /** Of an earlier question; a new count is under way. */
  | { readonly kind: 'earlier'; readonly counted: T; readonly at: Date }
  /** The first count is under way. */
  | { readonly kind: 'none' };

/** Counts what may be many, for people who do not want to wait for that. */
export interface PatientCount<T> {
  /** Counts anew, and gives the count of an earlier question where that takes too long. */
  read(): Promise<CountSoFar<T>>;
  /** What was counted before holds no more. */
  forget(): void;
}

/** What is left of the 300 ms of a page for all else is as much again. */
const PATIENCE_MS = 150;

/**
 * A {@link PatientCount} over `count`, which runs once at a time, whoever asks.
 *
 * @throws whatever `count` throws within the time that is waited for it.
 */
export function createPatientCount<T>(
  count: () => Promise<T>,
  now: () => Date,
  patienceMs = PATIENCE_MS,
): PatientCount<T> {
  let last: { readonly counted: T; readonly at: Date } | undefined;
  let running: Promise<T> | undefined;
  let generation = 0;

  async function start(): Promise<T> {
    const [at, started] = [now(), generation];
    try {
      const counted = await count();
      if (started === generation) last = { counted, at };
      return counted;
    } finally {
      if (started === generation) running = undefined;
    }
  }

  return {
    async read() {
      running ??= start();
      const stop = new AbortController();
      const current = running.then((counted) => ({ kind: 'current', counted }) as const);
      // Nobody waits for it any more when it fails late; the next question counts again.
      current.catch(() => undefined);
      const late = delay(patienceMs, undefined, { signal: stop.signal }).then(
        (): CountSoFar<T> => (last ? { kind: 'earlier', ...last } : { kind: 'none' }),
      );
      late.catch(() => undefined);
      try {
        return await Promise.race([current, late]);
      } finally {
        stop.abort();
      }
    },
    forget() {
      generation += 1;
      last = undefined;
      running = undefined;
    },
  };
}
