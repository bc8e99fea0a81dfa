import { AppError } from '@artdag/errors';
import type { Queue } from 'bullmq';
import type { QueueContract } from './contracts/queue-contract.ts';
import { openQueue, type QueueLocation } from './open-queue.ts';
import type { RedisConnection } from './redis.ts';

/** An open queue, and the connection for what BullMQ has no question for. */
export interface OpenQueue {
  readonly redis: RedisConnection;
  readonly queue: Queue;
}

/** Opens each queue once, over one connection that may be away. */
export interface QueueOpener extends AsyncDisposable {
  /** @throws AppError `unavailable` while Redis is away and the queue is not open yet. */
  open(contract: QueueContract): Queue;
}

/** A {@link QueueOpener} that closes its queues, and leaves the connection to its owner. */
export function createQueueOpener(location: QueueLocation): QueueOpener {
  const { redis } = location;
  const queues = new Map<string, Queue>();
  return {
    open(contract) {
      const known = queues.get(contract.name);
      if (known) return known;
      // BullMQ sets a queue up once, when it is opened: one that was opened without Redis stays unusable.
      if (redis.status !== 'ready') throw new AppError('unavailable', 'Redis is away.');
      const queue = openQueue(contract, location);
      queues.set(contract.name, queue);
      queue.waitUntilReady().catch(() => {
        queues.delete(contract.name);
        queue.close().catch(() => undefined);
      });
      return queue;
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
    },
  };
}
