import type { Dispatcher } from 'undici';
import type { AllowedHosts } from './allowed-hosts.ts';
import { type ExchangeAnswer, exchange } from './exchange.ts';
import type { FetchRequest } from './fetch-request.ts';
import { type FetchResult, failFetch } from './fetch-result.ts';
import { selectHeaders } from './outgoing-headers.ts';
import { parseOutgoingUrl } from './parse-outgoing-url.ts';

/** What {@link followRedirects} needs. */
export interface RedirectContext {
  readonly agent: Dispatcher;
  readonly allowedHosts: AllowedHosts;
  readonly userAgent: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Whether a redirect may lead to another origin. */
  readonly leavesOrigin: boolean;
}

/** One request of a chain of redirects. */
interface Hop {
  readonly url: URL;
  readonly isRedirected: boolean;
  /** Whether the chain has stayed on its first origin: only then is the request signed. */
  readonly isHome: boolean;
}

/**
 * Sends a request and follows the redirects of a GET; each hop passes the same checks. Signatures,
 * credentials and digests that came with the request go to its first URL only, and `signHop` signs
 * until a redirect leaves the first origin: a peer cannot have us sign what another shall answer.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.4
 */
export async function followRedirects(
  context: RedirectContext,
  request: FetchRequest,
): Promise<FetchResult> {
  const deadline = performance.now() + context.timeoutMs;
  const first = parseOutgoingUrl(request.url, context.allowedHosts);
  if (!(first instanceof URL)) return first;
  let hop: Hop = { url: first, isRedirected: false, isHome: true };
  for (let redirects = 0; redirects <= context.maxRedirects; redirects += 1) {
    const answer = await sendHop(context, request, hop, deadline);
    if (!answer.ok) return answer;
    const location = findLocation(answer);
    if (location === undefined) return { ...answer, finalUrl: hop.url.href };
    if (request.method !== 'GET') {
      return failFetch('redirect-refused', `a ${request.method} is not sent on to ${location}`);
    }
    const url = parseOutgoingUrl(location, context.allowedHosts, hop.url);
    if (!(url instanceof URL)) return url;
    if (url.origin !== first.origin && !context.leavesOrigin)
      return failFetch('redirect-refused', `the redirect to ${url.origin} leaves the origin`);
    hop = { url, isRedirected: true, isHome: hop.isHome && url.origin === first.origin };
  }
  return failFetch('too-many-redirects', `more than ${context.maxRedirects} redirects`);
}

async function sendHop(
  context: RedirectContext,
  request: FetchRequest,
  { url, isRedirected, isHome }: Hop,
  deadline: number,
) {
  const signature = isHome ? await request.signHop?.(new URL(url)) : undefined;
  const headers = selectHeaders(request.headers, context.userAgent, isRedirected);
  const signed = signature ? selectHeaders(signature, context.userAgent, false) : {};
  const timeLeftMs = deadline - performance.now();
  if (timeLeftMs <= 0) return failFetch('timeout', 'no time was left for the request');
  return exchange(context.agent, {
    url,
    method: request.method,
    headers: { ...headers, ...signed },
    ...(request.body === undefined ? {} : { body: request.body }),
    timeLeftMs,
    maxBytes: context.maxBytes,
    dropsBody: false,
  });
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

function findLocation({ status, headers }: ExchangeAnswer): string | undefined {
  const { location } = headers;
  return redirectStatuses.has(status) && typeof location === 'string' ? location : undefined;
}
