import type { Tracing } from '@artdag/runtime';
import type { FederationContext } from './context.ts';

type Peers = FederationContext['peers'];

/** Makes a span of each request to a peer. It tells the host and the answer; the peer hears of no trace. */
export function tracePeers(peers: Peers, tracing: Tracing | undefined): Peers {
  if (!tracing) return peers;
  const traced = <Result extends { readonly ok: boolean }>(
    method: string,
    url: string,
    ask: () => Promise<Result>,
  ) =>
    tracing.span(`${method} peer`, ask, (result) => ({
      'http.request.method': method,
      'server.address': URL.parse(url)?.host ?? 'none',
      ...describe(result),
    }));
  return {
    fetch: (request) => traced(request.method, request.url, () => peers.fetch(request)),
    post: (request) => traced('POST', request.url, () => peers.post(request)),
  };
}

function describe(result: object) {
  if ('status' in result) return { 'http.response.status_code': Number(result.status) };
  return { 'error.type': 'reason' in result ? String(result.reason) : 'none' };
}
