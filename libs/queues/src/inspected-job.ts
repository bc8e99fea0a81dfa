import type { Job } from 'bullmq';
import type { QueueContract } from './contracts/queue-contract.ts';
import { workIdOf } from './job-run.ts';

/** The states in which a queue lists its jobs. */
export const JOB_STATES = ['waiting', 'active', 'delayed', 'completed', 'failed'] as const;

/** One of {@link JOB_STATES}. */
export type JobState = (typeof JOB_STATES)[number];

/** A job as operators see it: ids and times, never more of its payload. */
export interface InspectedJob {
  readonly jobId: string;
  /** Id of the document or promise that the job is about; undefined where its payload fits no contract. */
  readonly workId: string | undefined;
  readonly enqueuedAt: Date;
  /** When a delayed job is to run. */
  readonly dueAt: Date | undefined;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  /** Tries that failed. Work that is put off uses none up. */
  readonly attempts: number;
  readonly maxAttempts: number;
  /** Times that a process died or hung in it. */
  readonly stalls: number;
  /** Why the last try failed. */
  readonly failureReason: string | undefined;
}

/** What may be shown of a job. */
export function inspectJob(job: Job, contract: QueueContract, dueAt?: number): InspectedJob {
  return {
    jobId: String(job.id),
    workId: workIdOf(job, contract),
    enqueuedAt: new Date(job.timestamp),
    dueAt: toDate(dueAt),
    startedAt: toDate(job.processedOn),
    endedAt: toDate(job.finishedOn),
    attempts: job.attemptsMade,
    maxAttempts: job.opts.attempts ?? 1,
    stalls: job.stalledCounter,
    failureReason: job.failedReason || undefined,
  };
}

function toDate(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
