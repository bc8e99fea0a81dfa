import type { ActorResolver } from '@artdag/peers';

const unreachable = { ok: false, reason: 'network', detail: 'no peer', canRetry: true } as const;

/** A resolver that reaches no peer. */
export const noResolver: ActorResolver = {
  resolveKey: async () => unreachable,
  resolveActor: async () => unreachable,
  resolveHandle: async () => unreachable,
};
