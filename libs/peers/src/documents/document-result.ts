import type { JsonObject } from '@artdag/signatures';
import type { FetchFailure, FetchFailureReason } from '../guarded-fetch/fetch-result.ts';

/** Why there is no document. `gone` is 404 or 410. */
export type DocumentFailureReason =
  | FetchFailureReason
  | 'gone'
  | 'http-status'
  | 'wrong-media-type'
  | 'malformed'
  | 'not-plain'
  | 'id-mismatch';

/** A document that cannot be had; `detail` is for operators. */
export interface DocumentFailure<Reason extends string = DocumentFailureReason> {
  readonly ok: false;
  readonly reason: Reason;
  readonly detail: string;
  readonly status?: number;
  /** Whether asking later may succeed without a change on our side. */
  readonly canRetry: boolean;
}

/** A document of another server, which that server's origin vouches for. */
export interface FetchedDocument {
  readonly ok: true;
  /** Its `id`, under the origin it came from. */
  readonly id: string;
  readonly document: JsonObject;
}

/** Outcome of a document fetch. */
export type DocumentResult = FetchedDocument | DocumentFailure;

const passing = new Set<string>(['timeout', 'network', 'too-many-fetches']);

/** Makes a {@link DocumentFailure} that another attempt would meet again. */
export function failDocument<Reason extends string>(
  reason: Reason,
  detail: string,
): DocumentFailure<Reason> {
  return { ok: false, reason, detail, canRetry: false };
}

/** A failed fetch as a failed document. */
export function fromFetchFailure({ reason, detail }: FetchFailure): DocumentFailure {
  return { ok: false, reason, detail, canRetry: passing.has(reason) };
}

/** A status other than 200 as a failed document. */
export function fromStatus(status: number): DocumentFailure {
  const reason = status === 404 || status === 410 ? 'gone' : 'http-status';
  const canRetry = status >= 500 || status === 408 || status === 425 || status === 429;
  return { ok: false, reason, detail: `status ${status}`, status, canRetry };
}
