import type { Queue } from 'bullmq';
import { closeInTime } from './close-in-time.ts';
import { allContracts } from './contracts/all-contracts.ts';
import { parsePayload, type QueueContract } from './contracts/queue-contract.ts';
import { openQueue } from './open-queue.ts';
import type { ProducerOptions } from './producer.ts';
import { connectWorkerRedis } from './redis.ts';

/** A queue as a board of raw jobs wants it. */
export interface BoardQueue {
  readonly queue: Queue;
  /** What may be shown of a job's payload: the ids that the contract knows, and nothing else. */
  showPayload(data: unknown): unknown;
}

/** Every queue, for a board of raw jobs: the one place where BullMQ's own objects leave this lib. */
export interface BoardQueues extends AsyncDisposable {
  readonly queues: readonly BoardQueue[];
}

/** Opens {@link BoardQueues}. What is asked while Redis is away is answered when it is back. */
export function openBoardQueues({
  redisUrl,
  prefix,
}: Pick<ProducerOptions, 'redisUrl' | 'prefix'>): BoardQueues {
  const { redis, giveUp } = connectWorkerRedis(redisUrl);
  const queues = allContracts.map((contract) => ({
    queue: openQueue(contract, { redis, prefix }),
    showPayload: (data: unknown) => showPayload(contract, data),
  }));
  return {
    queues,
    async [Symbol.asyncDispose]() {
      giveUp();
      await closeInTime(Promise.all(queues.map(({ queue }) => queue.close())));
      redis.disconnect();
    },
  };
}

function showPayload(contract: QueueContract, data: unknown): unknown {
  try {
    return contract.payloadOf(contract.idOf(parsePayload(contract, data)));
  } catch {
    return 'does not fit the contract of this queue, and is not shown';
  }
}
