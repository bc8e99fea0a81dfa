import { createGuardedFetch, type FetchFailure, type OutgoingHeaders } from '@artdag/peers';

/** What an L1 answered to a question about a run. */
export type L1Answer =
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'unknown-run' }
  /** It did not answer in time. */
  | { readonly kind: 'slow'; readonly detail: string }
  /** It did not answer, or with something that is no run. */
  | { readonly kind: 'unusable'; readonly detail: string; readonly isReachable: boolean };

/** What an L1 answered to a message. */
export type L1Receipt =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'failed'; readonly detail: string };

/** Talks with the L1s that are configured, and with nobody else. */
export interface L1Client extends AsyncDisposable {
  /** Reads `GET {l1}/runs/{run_id}`. */
  readRun(l1Server: string, runId: string): Promise<L1Answer>;
  /** Posts a JSON text to a URL on the origin of an L1; `sign` makes the header fields that sign it. */
  post(l1Server: string, message: L1Message): Promise<L1Receipt>;
}

/** Something that an L1 is told. */
export interface L1Message {
  readonly url: string;
  readonly body: Buffer;
  readonly headers: OutgoingHeaders;
}

/** Settings of {@link createL1Client}. */
export interface L1ClientOptions {
  readonly l1Servers: readonly string[];
  readonly userAgent: string;
  /** For one answer, read to its end. */
  readonly timeoutMs: number;
}

const MAX_RUN_BYTES = 1_048_576;
/** A path of an L1 may be spelt with a slash at its end. */
const MAX_REDIRECTS = 2;
const CONNECTIONS_PER_L1 = 16;

/**
 * An {@link L1Client}. Configured hosts may be asked by http and stand on private addresses; redirects
 * are followed within their origin, up to a size and within one deadline.
 */
export function createL1Client({ l1Servers, userAgent, timeoutMs }: L1ClientOptions): L1Client {
  const fetcher = createGuardedFetch({
    userAgent,
    timeoutMs,
    allowedHosts: l1Servers.map(hostWithPort),
    leavesOrigin: false,
    maxRedirects: MAX_REDIRECTS,
    maxBytes: MAX_RUN_BYTES,
    connectionsPerOrigin: CONNECTIONS_PER_L1,
  });
  const configured = new Set(l1Servers);
  return {
    async readRun(l1Server, runId) {
      if (!configured.has(l1Server))
        return {
          kind: 'unusable',
          detail: 'this L1 is not configured any more',
          isReachable: true,
        };
      const url = `${l1Server}/runs/${encodeURIComponent(runId)}`;
      const headers = { accept: 'application/json' };
      const answer = await fetcher.fetch({ url, method: 'GET', headers });
      if (!answer.ok) return failureOf(answer);
      const { status, headers: got, body } = answer;
      if (status === 404) return { kind: 'unknown-run' };
      if (status !== 200)
        return { kind: 'unusable', detail: `it answered ${status}`, isReachable: status < 500 };
      if (!isJson(got['content-type']))
        return { kind: 'unusable', detail: 'its answer is no JSON', isReachable: true };
      return { kind: 'document', text: body.toString('utf8') };
    },
    async post(l1Server, { url, body, headers }) {
      if (!configured.has(l1Server) || URL.parse(url)?.origin !== new URL(l1Server).origin)
        return { kind: 'failed', detail: 'the address is not on a configured L1' };
      const answer = await fetcher.post({ url, body, headers });
      if (!answer.ok) return { kind: 'failed', detail: answer.detail };
      const { status } = answer;
      if (status >= 200 && status < 300) return { kind: 'taken' };
      const mayChange = status >= 500 || [401, 403, 408, 425, 429].includes(status);
      return mayChange
        ? { kind: 'failed', detail: `it answered ${status}` }
        : { kind: 'refused', status };
    },
    [Symbol.asyncDispose]: () => fetcher.close(),
  };
}

function failureOf({ reason, detail }: FetchFailure): L1Answer {
  if (reason === 'timeout') return { kind: 'slow', detail };
  return { kind: 'unusable', detail, isReachable: reason !== 'network' };
}

function isJson(contentType: string | readonly string[] | undefined): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(String(contentType ?? ''));
}

function hostWithPort(l1Server: string): string {
  const { hostname, port, protocol } = new URL(l1Server);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
