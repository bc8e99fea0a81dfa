import { AppError, isAppError } from '@artdag/errors';
import { allContracts } from './contracts/all-contracts.ts';
import { jobIdOf, type QueueContract } from './contracts/queue-contract.ts';
import {
  findJob,
  type JobDetail,
  type JobPage,
  type JobRange,
  listJobs,
  removeJob,
} from './inspect-jobs.ts';
import { inspectQueue, type QueueReport } from './inspect-queue.ts';
import type { JobState } from './inspected-job.ts';
import type { ProducerOptions } from './producer.ts';
import { createQueueOpener, type OpenQueue } from './queue-opener.ts';
import { connectProducerRedis } from './redis.ts';
import { inspectRedis, type RedisFacts } from './redis-facts.ts';

/**
 * What operators see of the queues and do with them. Every question reads a range or a count, so
 * the time it takes does not grow with the queues. Each rejects where Redis is away.
 */
export interface QueueInspector extends AsyncDisposable {
  /** Every queue of {@link allContracts}. */
  inspectAll(): Promise<QueueReport[]>;
  inspect(contract: QueueContract): Promise<QueueReport>;
  /**
   * Jobs in one state: of those that wait the one that runs next first, of those that ended the
   * last one first.
   */
  listJobs(contract: QueueContract, state: JobState, range: JobRange): Promise<JobPage>;
  /** The job for the document or promise `workId`, and its state. */
  findJob(contract: QueueContract, workId: string): Promise<JobDetail | undefined>;
  inspectRedis(): Promise<RedisFacts>;
  /** Lets workers take no more jobs. An emptied Redis forgets it. */
  pause(contract: QueueContract): Promise<void>;
  resume(contract: QueueContract): Promise<void>;
  /**
   * Takes a job off its queue, unless a worker has it. Promised work comes back: its promise has to
   * be taken out of its document before. Returns whether there was a job to remove.
   */
  removeJob(contract: QueueContract, workId: string): Promise<boolean>;
}

/** A {@link QueueInspector} with one connection for all queues. */
export function createQueueInspector({ redisUrl, prefix }: ProducerOptions): QueueInspector {
  const redis = connectProducerRedis(redisUrl);
  const queues = createQueueOpener({ redis, prefix });
  const isDecided = new Promise<void>((resolve) => {
    redis.once('ready', () => resolve()).once('close', () => resolve());
  });

  async function open(contract: QueueContract): Promise<OpenQueue> {
    await isDecided;
    return { redis, queue: queues.open(contract) };
  }
  const inspect = async (contract: QueueContract) => inspectQueue(contract, await open(contract));

  return {
    inspectAll: () => fromRedis(Promise.all(allContracts.map(inspect))),
    inspect: (contract) => fromRedis(inspect(contract)),
    listJobs: (contract, state, range) =>
      fromRedis(open(contract).then((opened) => listJobs(contract, state, range, opened))),
    findJob: (contract, workId) =>
      fromRedis(open(contract).then((opened) => findJob(contract, workId, opened))),
    inspectRedis: () => fromRedis(isDecided.then(() => inspectRedis(redis))),
    pause: (contract) => fromRedis(open(contract).then(({ queue }) => queue.pause())),
    resume: (contract) => fromRedis(open(contract).then(({ queue }) => queue.resume())),
    removeJob: (contract, workId) =>
      fromRedis(open(contract).then(({ queue }) => removeJob(queue, jobIdOf(contract, workId)))),
    async [Symbol.asyncDispose]() {
      await queues[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}

/** Who asks must answer somebody: he hears of one failure, whatever way Redis is away. */
async function fromRedis<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw new AppError('unavailable', 'Redis does not answer.', { cause });
  }
}
