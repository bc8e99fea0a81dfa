import type { Queue } from 'bullmq';
import type { QueueContract } from './contracts/queue-contract.ts';
import { JOB_STATES, type JobState } from './inspected-job.ts';
import { oldestWaitingMs } from './oldest-waiting.ts';
import { KEPT_COMPLETED } from './open-queue.ts';
import type { OpenQueue } from './queue-opener.ts';
import type { RedisConnection } from './redis.ts';
import { type RelayHistory, readRelayHistory } from './relay-history.ts';

/** How a queue stands. */
export interface QueueReport {
  readonly name: string;
  readonly isPaused: boolean;
  /** Workers that are connected; one process has one for each queue that it serves. */
  readonly workers: number;
  readonly counts: Readonly<Record<JobState, number>>;
  /** Age of the job that has waited longest, in milliseconds; 0 where none waits. */
  readonly oldestWaitingMs: number;
  /** Jobs that end well in a second, over the last minute; undefined on queues that keep no ended jobs. */
  readonly completedPerSecond: number | undefined;
  /** Lost jobs that relays have enqueued again. */
  readonly relayed: RelayHistory;
}

const MINUTE_MS = 60_000;

/** How an open queue stands, by counts only. */
export async function inspectQueue(
  contract: QueueContract,
  { redis, queue }: OpenQueue,
): Promise<QueueReport> {
  const [counts, isPaused, workers, oldest, completedPerSecond, relayed] = await Promise.all([
    queue.getJobCounts(...JOB_STATES),
    queue.isPaused(),
    queue.getWorkersCount(),
    oldestWaitingMs(queue),
    contract.isForgotten ? undefined : rateOf(redis, queue),
    readRelayHistory({ redis, queue }, Date.now()),
  ]);
  return {
    name: contract.name,
    isPaused,
    workers,
    counts: {
      waiting: counts['waiting'] ?? 0,
      active: counts['active'] ?? 0,
      delayed: counts['delayed'] ?? 0,
      completed: counts['completed'] ?? 0,
      failed: counts['failed'] ?? 0,
    },
    oldestWaitingMs: oldest,
    completedPerSecond,
    relayed,
  };
}

/** So many ended jobs are kept that the last minute may be cut off: then their own time counts. */
async function rateOf(redis: RedisConnection, queue: Queue): Promise<number> {
  const key = queue.toKey('completed');
  const now = Date.now();
  const [inLastMinute, kept, [, oldest]] = await Promise.all([
    redis.zcount(key, now - MINUTE_MS, '+inf'),
    redis.zcard(key),
    redis.zrange(key, '0', '0', 'WITHSCORES'),
  ]);
  const isCut = kept >= KEPT_COMPLETED && inLastMinute === kept;
  const tookMs = isCut ? Math.max(1, now - Number(oldest)) : MINUTE_MS;
  return (inLastMinute * 1000) / tookMs;
}
