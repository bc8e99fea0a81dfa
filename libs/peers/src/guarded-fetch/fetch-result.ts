import type { HttpHeaders } from '@artdag/signatures';

/** Why a request got no answer that may be used. */
export type FetchFailureReason =
  | 'malformed-url'
  | 'credentials-in-url'
  | 'blocked-scheme'
  | 'blocked-address'
  | 'redirect-refused'
  | 'too-many-redirects'
  | 'too-many-fetches'
  | 'encoded'
  | 'too-large'
  | 'timeout'
  | 'network';

/** A request without a usable answer; `detail` is for operators. */
export interface FetchFailure {
  readonly ok: false;
  readonly reason: FetchFailureReason;
  readonly detail: string;
}

/** An answer of any status, read to its end. */
export interface FetchAnswer {
  readonly ok: true;
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Buffer;
  /** Where the answer came from after redirects, without a fragment. */
  readonly finalUrl: string;
}

/** Outcome of a guarded fetch. */
export type FetchResult = FetchAnswer | FetchFailure;

/** Makes a {@link FetchFailure}. */
export function failFetch(reason: FetchFailureReason, detail: string): FetchFailure {
  return { ok: false, reason, detail };
}
