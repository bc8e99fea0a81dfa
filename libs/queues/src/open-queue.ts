import { Queue } from 'bullmq';
import type { QueueContract } from './contracts/queue-contract.ts';
import type { JobTelemetry } from './job-telemetry.ts';
import type { RedisConnection } from './redis.ts';

const HOUR_SECONDS = 3600;
const WEEK_SECONDS = 7 * 24 * HOUR_SECONDS;
/** Ended jobs of a queue that are kept at most. */
export const KEPT_COMPLETED = 1000;
const MAX_BACKOFF_MS = 60_000;

/** Where queues live. */
export interface QueueLocation {
  readonly redis: RedisConnection;
  readonly prefix: string;
  /** Keeps traces; nothing where none are kept. */
  readonly telemetry?: JobTelemetry | undefined;
}

/** Keys of one queue share a hash tag, so that each queue fits one slot of a Redis Cluster. */
export function keyPrefix(prefix: string, queueName: string): string {
  return `{${prefix}:${queueName}}`;
}

/** The queue of a contract, with every option that the contract fixes. */
export function openQueue(
  contract: QueueContract,
  { redis, prefix, telemetry }: QueueLocation,
): Queue {
  const queue = new Queue(contract.name, {
    connection: redis,
    prefix: keyPrefix(prefix, contract.name),
    skipWaitingForReady: true,
    ...(telemetry && { telemetry }),
    streams: { events: { maxLen: 10_000 } },
    defaultJobOptions: {
      attempts: contract.attempts,
      backoff: { type: 'capped', delay: contract.backoffMs },
      removeOnComplete: contract.isForgotten || { age: HOUR_SECONDS, count: KEPT_COMPLETED },
      removeOnFail: contract.isForgotten || { age: WEEK_SECONDS, count: 10_000 },
    },
  });
  return queue.on('error', () => undefined);
}

/**
 * The wait after `attemptsMade` failed tries, in milliseconds: doubling, at most a minute, with a
 * quarter of jitter either way.
 */
export function cappedBackoff(
  attemptsMade: number,
  backoffMs: number,
  random = Math.random(),
): number {
  return Math.round(
    Math.min(backoffMs * 2 ** (attemptsMade - 1), MAX_BACKOFF_MS) * (0.75 + random / 2),
  );
}
