import type { OpenQueue } from './queue-opener.ts';

/** How many lost jobs the relays of all processes have enqueued again. */
export interface RelayHistory {
  /** In the last five minutes. */
  readonly recently: number;
  /** In five minutes on average, over the hour before those. */
  readonly usually: number;
}

const MINUTE_MS = 60_000;
const RECENT_MINUTES = 5;
const USUAL_MINUTES = 60;
const KEPT_SECONDS = 2 * 3600;

/** Counts lost jobs of a queue that a relay has enqueued again. */
export async function countRelayed(
  { redis, queue }: OpenQueue,
  count: number,
  now: number,
): Promise<void> {
  const key = keyOf(queue, minuteOf(now));
  await redis.multi().incrby(key, count).expire(key, KEPT_SECONDS).exec();
}

/** The {@link RelayHistory} of a queue. An emptied Redis has none, and what follows shows. */
export async function readRelayHistory(
  { redis, queue }: OpenQueue,
  now: number,
): Promise<RelayHistory> {
  const minute = minuteOf(now);
  const keys = Array.from({ length: RECENT_MINUTES + USUAL_MINUTES }, (_, ago) =>
    keyOf(queue, minute - ago),
  );
  const counts = (await redis.mget(...keys)).map((count) => Number(count ?? 0));
  const sum = (some: readonly number[]) => some.reduce((total, count) => total + count, 0);
  return {
    recently: sum(counts.slice(0, RECENT_MINUTES)),
    usually: (sum(counts.slice(RECENT_MINUTES)) * RECENT_MINUTES) / USUAL_MINUTES,
  };
}

function minuteOf(time: number): number {
  return Math.floor(time / MINUTE_MS);
}

function keyOf(queue: OpenQueue['queue'], minute: number): string {
  return `${queue.toKey('relayed')}:${minute}`;
}
