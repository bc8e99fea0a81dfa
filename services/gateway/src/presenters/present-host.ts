import type { Host, HostBacklog } from '@artdag/store';

/** What is known of a peer's host, in wire spelling. */
export function presentHost(host: Host, backlog: HostBacklog | undefined, now: Date) {
  const state: 'open' | 'closed' = host.openUntil && host.openUntil > now ? 'open' : 'closed';
  return {
    host: host.host,
    rule: host.rule ?? null,
    paused_at: host.pausedAt?.toISOString() ?? null,
    breaker: {
      state,
      open_until: host.openUntil?.toISOString() ?? null,
      failures: host.failures ?? 0,
    },
    backlog: {
      pending: backlog?.pending ?? 0,
      oldest_at: backlog?.oldestAt.toISOString() ?? null,
    },
    signature_scheme: host.scheme ?? null,
    last_success_at: host.lastSuccessAt?.toISOString() ?? null,
    last_error_at: host.lastErrorAt?.toISOString() ?? null,
    last_error: host.lastError ?? null,
  };
}
