import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { createAllowedHosts } from './allowed-hosts.ts';
import type { Fetch } from './fetch-request.ts';
import { followRedirects } from './follow-redirects.ts';
import { createGuardedConnector } from './guarded-connector.ts';
import { type PostRequest, type PostResult, postOnce } from './post-once.ts';

/** Sends requests to servers that strangers name. */
export interface GuardedFetch extends AsyncDisposable {
  /** Reads an answer to its end, for GET through redirects. */
  readonly fetch: Fetch;
  /** Delivers a body and reads the status; the answer's body is dropped, redirects are answers. */
  readonly post: (request: PostRequest) => Promise<PostResult>;
  /** Waits for what is under way, for at most the time-out. */
  close(): Promise<void>;
}

/** Settings of {@link createGuardedFetch}. */
export interface GuardedFetchOptions {
  readonly userAgent: string;
  /**
   * `host:port` of the operator's own network: requests to them may use http and go to loopback
   * or private addresses. Whoever may name a URL to this fetch reaches them, so a deployment that
   * federates lists none.
   */
  readonly allowedHosts?: readonly string[];
  /** Bytes of an answer's body; 1 MiB by default. */
  readonly maxBytes?: number;
  /** For all of a request, redirects included; 10 s by default. */
  readonly timeoutMs?: number;
  /** 3 by default. */
  readonly maxRedirects?: number;
  /** Whether a redirect may lead to another origin; yes by default. */
  readonly leavesOrigin?: boolean;
  /** Connections, and so requests in flight, to one origin; 4 by default. */
  readonly connectionsPerOrigin?: number;
  /** Certificates to trust in place of the system's, as PEM. */
  readonly ca?: string;
  readonly lookup?: LookupFunction;
  readonly now?: () => Date;
}

/**
 * Makes a fetch that reaches the open internet and nothing else: https, to public addresses, which
 * are checked when the socket connects, within one deadline, up to a size.
 *
 * It takes no encoded answers, keeps no cookies and speaks HTTP/1.1 with keep-alive.
 *
 * @see https://www.w3.org/TR/activitypub/#security-considerations
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const { maxBytes = 1_048_576, timeoutMs = 10_000, maxRedirects = 3, ca, lookup } = options;
  const { leavesOrigin = true } = options;
  const { userAgent, now = () => new Date() } = options;
  const allowedHosts = createAllowedHosts(options.allowedHosts ?? []);
  const connect = createGuardedConnector({
    allowedHosts,
    timeoutMs,
    ...(ca === undefined ? {} : { ca }),
    ...(lookup === undefined ? {} : { lookup }),
  });
  const agent = new Agent({
    connect,
    connections: options.connectionsPerOrigin ?? 4,
    pipelining: 1,
    // Else the pool holds all requests of an origin back until its first connection stands.
    allowH2: false,
    keepAliveMaxTimeout: 60_000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const setting = { agent, allowedHosts, userAgent, timeoutMs };
  const close = () => agent.close();
  return {
    fetch: (request) =>
      followRedirects(
        { ...setting, maxBytes: request.maxBytes ?? maxBytes, maxRedirects, leavesOrigin },
        request,
      ),
    post: (request) => postOnce({ ...setting, now }, request),
    close,
    [Symbol.asyncDispose]: close,
  };
}
