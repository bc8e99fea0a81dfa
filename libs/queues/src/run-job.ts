import { AppError, isAppError } from '@artdag/errors';
import { type Job, UnrecoverableError } from 'bullmq';
import type { Static, TObject } from 'typebox';
import { parsePayload, type QueueContract } from './contracts/queue-contract.ts';
import type { CrashCounter } from './work-outbox.ts';

/** How a job ends: with nothing, or with the time at which it is to run again without using a slot. */
export type JobOutcome = undefined | { readonly againAt: Date };

/** What a service does with the jobs of one queue. */
export interface JobHandler<S extends TObject = TObject> {
  readonly contract: QueueContract<S>;
  /** Where the work was promised; nothing for work that nobody has promised. */
  readonly outbox?: CrashCounter;
  /** Does the work. A second run changes nothing. `signal` is aborted when the job has run too long. */
  process(payload: Static<S>, signal: AbortSignal): Promise<JobOutcome>;
  /** Records in the document that the work was given up, and why. */
  setAside(payload: Static<S>, reason: string): Promise<void>;
}

/** Whether an error is an outage of a store, which tells nothing about the work. */
export type IsOutage = (error: unknown) => boolean;

/**
 * Runs one job by its contract: checks the payload, counts crashes, bounds the time, and sets the
 * work aside when trying again is of no use.
 *
 * An outage never sets work aside: the promise stays in its document, and the relay brings it back.
 */
export async function runJob<S extends TObject>(
  job: Job,
  handler: JobHandler<S>,
  isOutage: IsOutage,
): Promise<JobOutcome> {
  const { contract } = handler;
  const payload = parsePayloadOrGiveUp(contract, job.data);
  try {
    await refusePoison(job, payload, handler);
    return await withDeadline(contract.timeoutMs, (signal) => handler.process(payload, signal));
  } catch (error) {
    if (isOutage(error) || !isFinal(error, job, contract)) throw error;
    const reason = reasonOf(error);
    await handler.setAside(payload, reason);
    throw giveUp(error);
  }
}

function parsePayloadOrGiveUp<S extends TObject>(
  contract: QueueContract<S>,
  data: unknown,
): Static<S> {
  try {
    return parsePayload(contract, data);
  } catch (error) {
    throw giveUp(error);
  }
}

/** What tells BullMQ not to try again; its own class takes no cause. */
function giveUp(cause: unknown): UnrecoverableError {
  return Object.assign(new UnrecoverableError(reasonOf(cause)), { cause });
}

/** BullMQ's own count is lost with Redis, so deaths are counted in the document. */
async function refusePoison<S extends TObject>(
  job: Job,
  payload: Static<S>,
  handler: JobHandler<S>,
): Promise<void> {
  const { contract, outbox } = handler;
  if (job.stalledCounter <= deathsSurvived(job) || !outbox) return;
  const crashes = await outbox.countCrash(contract.name, contract.idOf(payload));
  if (crashes > contract.maxCrashes) {
    throw new AppError('payload-invalid', `The process died ${crashes} times in this job.`);
  }
}

/**
 * Notes in a job that is put off when it is due, since its age tells nothing of how long it waits,
 * and that it was run without a death: one death would count again at each of its many runs.
 */
export async function notePutOff(job: Job, dueAt: Date): Promise<void> {
  await job.updateData({
    ...job.data,
    dueAt: dueAt.getTime(),
    deathsSurvived: job.stalledCounter,
  });
}

function deathsSurvived({ data }: Job): number {
  return typeof data?.deathsSurvived === 'number' ? data.deathsSurvived : 0;
}

async function withDeadline(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  const controller = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    controller.abort();
    reject(new AppError('unavailable', `The job ran for more than ${timeoutMs} ms.`));
  }, timeoutMs);
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

function isFinal(error: unknown, job: Job, contract: QueueContract): boolean {
  if (isAppError(error) && !error.entry.retry) return true;
  return job.attemptsMade + 1 >= contract.attempts;
}

function reasonOf(error: unknown): string {
  return isAppError(error) ? `${error.code}: ${error.message}` : 'internal: unexpected failure';
}
