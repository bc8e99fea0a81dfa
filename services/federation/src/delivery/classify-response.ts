import type { PostResult } from '@artdag/peers';

/** What a try to deliver has shown, of the delivery and of its host. */
export type Verdict = {
  readonly status?: number;
  /** For operators. */
  readonly error?: string;
} & (
  | { readonly outcome: 'delivered'; readonly isReachable: true }
  /** The inbox is gone for good. */
  | { readonly outcome: 'gone'; readonly isReachable: true }
  /** Trying again is of no use. */
  | { readonly outcome: 'refused'; readonly isReachable: boolean }
  /** A later try may succeed; `retryAfter` is what the host asks for, in seconds. */
  | { readonly outcome: 'retry'; readonly isReachable: boolean; readonly retryAfter?: number }
);

/** Refusals that pass: keys not fetched yet, a slow request, too early, too many. */
const passing = new Set([401, 403, 408, 425, 429]);
const permanentRedirects = new Set([301, 308]);
/** What no later try changes: the URL itself is of no use. */
const useless = new Set(['malformed-url', 'credentials-in-url', 'blocked-scheme']);

/**
 * Reads the result of one try.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15
 */
export function classifyResponse(result: PostResult): Verdict {
  if (!result.ok) {
    const error = `${result.reason}: ${result.detail}`;
    const outcome = useless.has(result.reason) ? 'refused' : 'retry';
    return { outcome, isReachable: false, error };
  }
  const { status, retryAfter } = result;
  if (status >= 200 && status < 300) return { outcome: 'delivered', isReachable: true, status };
  const error = `HTTP ${status}`;
  if (status === 410) return { outcome: 'gone', isReachable: true, status, error };
  const isFinal = (status >= 400 && status < 500) || permanentRedirects.has(status);
  if (isFinal && !passing.has(status)) {
    return { outcome: 'refused', isReachable: true, status, error };
  }
  const isReachable = status < 500;
  const isAsked = retryAfter !== undefined && (status === 429 || status === 503);
  return { outcome: 'retry', isReachable, status, error, ...(isAsked && { retryAfter }) };
}
