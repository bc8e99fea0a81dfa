import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { allContracts } from './contracts/all-contracts.ts';
import { jobIdOf, type QueueContract } from './contracts/queue-contract.ts';
import { type InspectedJob, inspectJob, JOB_STATES, type JobState } from './inspected-job.ts';
import { oldestWaitingMs } from './oldest-waiting.ts';
import { KEPT_COMPLETED } from './open-queue.ts';
import type { ProducerOptions } from './producer.ts';
import { createQueueOpener } from './queue-opener.ts';
import { connectProducerRedis } from './redis.ts';

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
}

/** Some jobs of a queue, and how many there are. */
export interface JobPage {
  readonly jobs: readonly InspectedJob[];
  readonly total: number;
}

/** Where a page of jobs begins and how long it is. */
export interface JobRange {
  readonly start: number;
  readonly limit: number;
}

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
  /** Lets workers take no more jobs. An emptied Redis forgets it. */
  pause(contract: QueueContract): Promise<void>;
  resume(contract: QueueContract): Promise<void>;
  /**
   * Takes a job off its queue, unless a worker has it. Promised work comes back: its promise has to
   * be taken out of its document before. Returns whether there was a job to remove.
   */
  removeJob(contract: QueueContract, workId: string): Promise<boolean>;
}

/** A job and where it stands. */
export interface JobDetail extends InspectedJob {
  readonly state: JobState | 'unknown';
}

const MINUTE_MS = 60_000;

/** A {@link QueueInspector} with one connection for all queues. */
export function createQueueInspector({ redisUrl, prefix }: ProducerOptions): QueueInspector {
  const redis = connectProducerRedis(redisUrl);
  const queues = createQueueOpener({ redis, prefix });
  const isDecided = new Promise<void>((resolve) => {
    redis.once('ready', () => resolve()).once('close', () => resolve());
  });

  async function open(contract: QueueContract): Promise<Queue> {
    await isDecided;
    return queues.open(contract);
  }

  async function inspect(contract: QueueContract): Promise<QueueReport> {
    const queue = await open(contract);
    const [counts, isPaused, workers, oldest, completedPerSecond] = await Promise.all([
      queue.getJobCounts(...JOB_STATES),
      queue.isPaused(),
      queue.getWorkersCount(),
      oldestWaitingMs(queue),
      contract.isForgotten ? undefined : rateOf(redis, queue),
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
    };
  }

  return {
    inspectAll: () => Promise.all(allContracts.map(inspect)),
    inspect,
    async listJobs(contract, state, { start, limit }) {
      const queue = await open(contract);
      const isAscending = state !== 'completed' && state !== 'failed';
      const [jobs, counts] = await Promise.all([
        queue.getJobs([state], start, start + limit - 1, isAscending),
        queue.getJobCounts(state),
      ]);
      const dueTimes = state === 'delayed' ? await dueTimesOf(redis, queue, jobs) : [];
      return {
        jobs: jobs.map((job, index) => inspectJob(job, contract, dueTimes[index])),
        total: counts[state] ?? 0,
      };
    },
    async findJob(contract, workId) {
      const queue = await open(contract);
      const job = await queue.getJob(jobIdOf(contract, workId));
      if (!job) return undefined;
      const state = await job.getState();
      const [dueAt] = state === 'delayed' ? await dueTimesOf(redis, queue, [job]) : [];
      return { ...inspectJob(job, contract, dueAt), state: isJobState(state) ? state : 'unknown' };
    },
    async pause(contract) {
      await (await open(contract)).pause();
    },
    async resume(contract) {
      await (await open(contract)).resume();
    },
    async removeJob(contract, workId) {
      const queue = await open(contract);
      const jobId = jobIdOf(contract, workId);
      return (await queue.getJob(jobId)) !== undefined && (await queue.remove(jobId)) > 0;
    },
    async [Symbol.asyncDispose]() {
      await queues[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}

/** So many ended jobs are kept that the last minute may be cut off: then their own time counts. */
async function rateOf(redis: Redis, queue: Queue): Promise<number> {
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

/** BullMQ keeps the time of a delayed job in its score, shifted left by 12 bits for the order within one millisecond. */
async function dueTimesOf(
  redis: Redis,
  queue: Queue,
  jobs: readonly Job[],
): Promise<(number | undefined)[]> {
  if (jobs.length === 0) return [];
  const scores = await redis.zmscore(queue.toKey('delayed'), ...jobs.map((job) => String(job.id)));
  return scores.map((score) => (score === null ? undefined : Math.floor(Number(score) / 0x1000)));
}

function isJobState(state: string): state is JobState {
  return JOB_STATES.some((known) => known === state);
}
