import { type ActorResolver, createActorResolver } from '@artdag/peers';
import type { FederationConfig } from '../config.ts';
import type { FederationContext } from '../context.ts';
import { createActorCache } from './actor-cache.ts';

type Context = Pick<FederationContext, 'store' | 'peers' | 'signHop' | 'now'>;

/** Finds actors of peers, and keeps them in the store. */
export function createPeerResolver(
  context: Context,
  config: Pick<FederationConfig, 'allowedHosts'>,
): ActorResolver {
  const { store, peers, signHop, now } = context;
  return createActorResolver({
    fetch: peers.fetch,
    signHop,
    cache: createActorCache(store, now),
    now,
    insecureHosts: config.allowedHosts,
  });
}
