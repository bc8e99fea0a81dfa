import type { Dispatcher } from 'undici';
import type { AllowedHosts } from './allowed-hosts.ts';
import { exchange } from './exchange.ts';
import type { FetchFailure } from './fetch-result.ts';
import { type OutgoingHeaders, selectHeaders } from './outgoing-headers.ts';
import { parseOutgoingUrl } from './parse-outgoing-url.ts';
import { parseRetryAfter } from './parse-retry-after.ts';

/** Bytes of an answer that are read and dropped before the connection is given up instead. */
const maxDroppedBytes = 65_536;

/** One delivery. */
export interface PostRequest {
  readonly url: string;
  /** With signature and content type, made for this very URL. */
  readonly headers: OutgoingHeaders;
  readonly body: Uint8Array;
}

/** What the receiver answered: any status, redirects too. */
export interface PostAnswer {
  readonly ok: true;
  readonly status: number;
  /** Seconds, from `Retry-After`. */
  readonly retryAfter?: number;
}

/** Outcome of a delivery. */
export type PostResult = PostAnswer | FetchFailure;

/** What {@link postOnce} needs. */
export interface PostContext {
  readonly agent: Dispatcher;
  readonly allowedHosts: AllowedHosts;
  readonly userAgent: string;
  readonly timeoutMs: number;
  readonly now: () => Date;
}

/** Sends a body once, following nothing; the result is there with the head of the answer. */
export async function postOnce(context: PostContext, request: PostRequest): Promise<PostResult> {
  const url = parseOutgoingUrl(request.url, context.allowedHosts);
  if (!(url instanceof URL)) return url;
  const answer = await exchange(context.agent, {
    url,
    method: 'POST',
    headers: selectHeaders(request.headers, context.userAgent, false),
    body: request.body,
    timeLeftMs: context.timeoutMs,
    maxBytes: maxDroppedBytes,
    dropsBody: true,
  });
  if (!answer.ok) return answer;
  const { status, headers } = answer;
  const asked = headers['retry-after'];
  const retryAfter = typeof asked === 'string' ? parseRetryAfter(asked, context.now()) : undefined;
  return { ok: true, status, ...(retryAfter === undefined ? {} : { retryAfter }) };
}
