import type { CachedActor } from './actor.ts';

const minute = 60_000;

/** How long an actor is taken from the cache without being asked for again. */
const actorMaxAgeMs = 24 * 60 * minute;

/** How long an actor is not asked for again because a key of its seemed wrong or missing. */
const refreshPauseMs = 5 * minute;

/** How long a failure is remembered. */
export const failureMemoryMs = 10 * minute;

/** What a caller is not content with. */
export interface Discontent {
  /** The cached key did not verify, or the actor lacks the key. */
  readonly wantsRefresh: boolean;
  readonly now: Date;
}

/**
 * Whether a cached actor is to be fetched again. Who posts with wrong signatures decides how often
 * a refresh is wanted, and must not decide how often the actor's host is asked.
 */
export function needsFetch(actor: CachedActor, { wantsRefresh, now }: Discontent): boolean {
  const since = (time: Date) => now.getTime() - time.getTime();
  if (since(actor.fetchedAt) >= actorMaxAgeMs) return true;
  if (!wantsRefresh) return false;
  return actor.refreshedAt === undefined || since(actor.refreshedAt) >= refreshPauseMs;
}
