/** What a check has found. `skipped`: it has nothing to look at here. */
export type FindingState = 'ok' | 'warning' | 'failure' | 'skipped';

/** What is checked, and why that matters. */
export const CHECKS = {
  settings: 'Wrong settings stop a start, or make claims that nobody can look up.',
  'key-files': 'Whoever reads a private key can sign claims in the name of its user.',
  mongodb: 'MongoDB holds all that was accepted and promised: without it nothing is.',
  'mongodb-server': 'What is answered outward must outlive a crash of the server.',
  redis: 'Redis holds the queues: without it work is accepted and waits.',
  'redis-eviction': 'A Redis that evicts throws jobs away when its memory is full.',
  'redis-persistence': 'Jobs that a restart loses come back from MongoDB, but later.',
  'redis-memory': 'A full Redis takes no more jobs, and inboxes answer 503 from 80 % on.',
  clock: 'Signatures, tokens and retries compare the times of several machines.',
  'public-url': 'Other servers look actors and claims up under the public URL.',
  'queue-workers': 'Work on a queue without a worker waits until one is started.',
  'queue-wait': 'Old waiting work means too few workers, or one that hangs.',
  'queue-pause': 'A paused queue takes work in and does none.',
  relay: 'The relay enqueues again what was lost: much of it means crashes or an emptied Redis.',
  failures: 'Work that was given up waits for an operator.',
} as const;

/** Name of a check. */
export type CheckName = keyof typeof CHECKS;

/** The answer to one check, in words. */
export interface Finding {
  readonly check: CheckName;
  readonly state: FindingState;
  /** What was found. */
  readonly finding: string;
  /** What to do about it, where something is to be done. */
  readonly fix?: string;
}

/** What was found is as it should be. */
export function ok(check: CheckName, finding: string): Finding {
  return { check, state: 'ok', finding };
}

/** It works, and should not stay so. */
export function warning(check: CheckName, finding: string, fix: string): Finding {
  return { check, state: 'warning', finding, fix };
}

/** Something does not work, or loses data. */
export function failure(check: CheckName, finding: string, fix: string): Finding {
  return { check, state: 'failure', finding, fix };
}

/** There is nothing to look at here, for the reason that is given. */
export function skipped(check: CheckName, finding: string): Finding {
  return { check, state: 'skipped', finding };
}
