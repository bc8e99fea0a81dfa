import { createHash } from 'node:crypto';
import { AppError } from '@artdag/errors';
import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';

/** All that producers, consumers and the relay agree on about one queue. */
export interface QueueContract<S extends TObject = TObject> {
  /** Verb-object; also the kind of the promises in documents' outboxes. */
  readonly name: string;
  /** A job carries ids only, so it stays far below 1 KB and holds no secret. */
  readonly schema: S;
  /** The payload of the job for the document or promise `id`. */
  payloadOf(id: string): Static<S>;
  /** The id that `payloadOf` was given. */
  idOf(payload: Static<S>): string;
  /** Jobs that one worker runs at once, unless a setting says otherwise. */
  readonly concurrency: number;
  /** Tries before the work is set aside. */
  readonly attempts: number;
  /** First wait between tries, in milliseconds; each further one doubles, up to a minute. */
  readonly backoffMs: number;
  /** Longest run of one job, in milliseconds; its signal is aborted then. */
  readonly timeoutMs: number;
  /** Deaths of the process in this job before it is set aside as poison. */
  readonly maxCrashes: number;
  /** Finished jobs leave no trace, so that the same id can be enqueued again at once. */
  readonly isForgotten?: boolean;
}

/**
 * The jobId of the work `id` on a queue: lower-case hex of a SHA-256.
 *
 * BullMQ refuses ids that hold a colon or are digits only, so an IRI or a number cannot be one.
 */
export function jobIdOf(contract: Pick<QueueContract, 'name'>, id: string): string {
  return createHash('sha256').update(`${contract.name}\n${id}`).digest('hex');
}

/**
 * Checks what came off a queue against the contract.
 *
 * @throws AppError `payload-invalid`
 */
export function parsePayload<S extends TObject>(
  contract: QueueContract<S>,
  payload: unknown,
): Static<S> {
  if (Value.Check(contract.schema, payload)) return payload;
  throw new AppError('payload-invalid', `A job on ${contract.name} does not fit its contract.`);
}
