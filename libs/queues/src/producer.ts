import type { Job, Queue } from 'bullmq';
import { jobIdOf, type QueueContract } from './contracts/queue-contract.ts';
import { openQueue } from './open-queue.ts';
import { connectProducerRedis } from './redis.ts';

/**
 * What became of a wish to enqueue. `deferred`: Redis did not take it in time, and the relay will
 * find it in its document.
 */
export type EnqueueResult = 'queued' | 'deferred';

/** Puts jobs on queues. Never throws because of Redis: the promise in the document is what counts. */
export interface Producer extends AsyncDisposable {
  enqueue(contract: QueueContract, id: string): Promise<EnqueueResult>;
  /**
   * Puts promised work back on its queue where it has got lost: adds what is missing, tries again
   * what failed, replaces what ended without its effect, leaves alone what waits or runs.
   * Rejects where Redis is away.
   */
  revive(contract: QueueContract, ids: readonly string[]): Promise<void>;
  /** Throws where Redis does not answer. */
  ping(): Promise<void>;
}

/** How a producer is made. */
export interface ProducerOptions {
  readonly redisUrl: string;
  readonly prefix: string;
}

const ENQUEUE_TIMEOUT_MS = 1000;

/** A {@link Producer} with one connection for all its queues. */
export function createProducer({ redisUrl, prefix }: ProducerOptions): Producer {
  const redis = connectProducerRedis(redisUrl);
  const queues = new Map<string, Queue>();

  function queueOf(contract: QueueContract): Queue {
    const known = queues.get(contract.name);
    if (known) return known;
    const queue = openQueue(contract, { redis, prefix });
    queues.set(contract.name, queue);
    return queue;
  }

  // Before the first connection commands would fail at once, though Redis is only a moment away.
  const connected = new Promise<void>((resolve) => redis.once('ready', () => resolve()));

  async function add(contract: QueueContract, id: string): Promise<Job> {
    await connected;
    const payload = contract.payloadOf(id);
    return queueOf(contract).add(contract.name, payload, { jobId: jobIdOf(contract, id) });
  }

  return {
    async enqueue(contract, id) {
      const late = new Promise<EnqueueResult>((resolve) => {
        setTimeout(resolve, ENQUEUE_TIMEOUT_MS, 'deferred').unref();
      });
      const added = add(contract, id).then(
        (): EnqueueResult => 'queued',
        (): EnqueueResult => 'deferred',
      );
      return Promise.race([added, late]);
    },
    async revive(contract, ids) {
      await Promise.all(ids.map((id) => reviveOne(queueOf(contract), contract, id, add)));
    },
    async ping() {
      await redis.ping();
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      redis.disconnect();
    },
  };
}

async function reviveOne(
  queue: Queue,
  contract: QueueContract,
  id: string,
  add: (contract: QueueContract, id: string) => Promise<Job>,
): Promise<void> {
  const job = await queue.getJob(jobIdOf(contract, id));
  const state = job ? await job.getState() : 'missing';
  if (job && (state === 'completed' || state === 'failed')) await job.remove();
  // BullMQ ignores an id that it already has, so work that waits or runs stays as it is.
  if (state === 'missing' || state === 'unknown' || state === 'completed' || state === 'failed')
    await add(contract, id);
}
