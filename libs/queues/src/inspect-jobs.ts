import type { Job, Queue } from 'bullmq';
import { jobIdOf, type QueueContract } from './contracts/queue-contract.ts';
import { type InspectedJob, inspectJob, JOB_STATES, type JobState } from './inspected-job.ts';
import type { OpenQueue } from './queue-opener.ts';
import type { RedisConnection } from './redis.ts';

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

/** A job and where it stands. */
export interface JobDetail extends InspectedJob {
  readonly state: JobState | 'unknown';
}

/** Jobs in one state, as `QueueInspector` gives them. */
export async function listJobs(
  contract: QueueContract,
  state: JobState,
  { start, limit }: JobRange,
  { redis, queue }: OpenQueue,
): Promise<JobPage> {
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
}

/** The job of one work, and where it stands. */
export async function findJob(
  contract: QueueContract,
  workId: string,
  { redis, queue }: OpenQueue,
): Promise<JobDetail | undefined> {
  const job = await queue.getJob(jobIdOf(contract, workId));
  if (!job) return undefined;
  const state = await job.getState();
  const [dueAt] = state === 'delayed' ? await dueTimesOf(redis, queue, [job]) : [];
  return { ...inspectJob(job, contract, dueAt), state: isJobState(state) ? state : 'unknown' };
}

/** Removes a job that no worker has; whether there was one. */
export async function removeJob(queue: Queue, jobId: string): Promise<boolean> {
  return (await queue.getJob(jobId)) !== undefined && (await queue.remove(jobId)) > 0;
}

/** BullMQ keeps the time of a delayed job in its score, shifted left by 12 bits for the order within one millisecond. */
async function dueTimesOf(
  redis: RedisConnection,
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
