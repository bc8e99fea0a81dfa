import { type ErrorCode, isAppError } from '@artdag/errors';
import { type Job, UnrecoverableError } from 'bullmq';
import type { QueueContract } from './contracts/queue-contract.ts';
import { parsePayload } from './contracts/queue-contract.ts';
import type { IsOutage } from './run-job.ts';

/** A run of a job, as logs show it: ids, never more of its payload. */
export interface JobRun {
  readonly jobId: string;
  /** Id of the document or promise that the job is about; undefined where its payload fits no contract. */
  readonly workId: string | undefined;
  /** Tries that the job has had, this one included. */
  readonly attempts: number;
}

/** Why a run failed; few enough to be a label. */
export type FailureReason = ErrorCode | 'outage';

/** What may be told of a run. */
export function describeRun(job: Job, contract: QueueContract): JobRun {
  return { jobId: String(job.id), workId: workIdOf(job, contract), attempts: job.attemptsMade };
}

/** The id that a job is about; undefined where its payload fits no contract. */
export function workIdOf({ data }: Job, contract: QueueContract): string | undefined {
  try {
    return contract.idOf(parsePayload(contract, data));
  } catch {
    return undefined;
  }
}

/** Sorts what a run failed with; work that was set aside keeps what it failed with as its cause. */
export function failureReason(error: Error, isOutage: IsOutage): FailureReason {
  const origin = error instanceof UnrecoverableError ? (error.cause ?? error) : error;
  if (isOutage(origin)) return 'outage';
  return isAppError(origin) ? origin.code : 'internal';
}
