import { type ActorResolver, createActorResolver, type SignHop } from '@artdag/peers';
import { signCavage } from '@artdag/signatures';
import type { FederationConfig } from '../config.ts';
import type { FederationContext } from '../context.ts';
import { createActorCache } from './actor-cache.ts';

type Context = Pick<FederationContext, 'store' | 'peers' | 'keyring' | 'iris' | 'now' | 'logger'>;

/** Finds actors of peers, and keeps them in the store. */
export function createPeerResolver(
  context: Context,
  config: Pick<FederationConfig, 'firstUser' | 'allowedHosts'>,
): ActorResolver {
  const { store, peers, now } = context;
  return createActorResolver({
    fetch: peers.fetch,
    signHop: createSignHop(config.firstUser, context),
    cache: createActorCache(store, now),
    now,
    insecureHosts: config.allowedHosts,
  });
}

/**
 * Signs a GET as the first user, for peers that answer to nobody else; unsigned where the signer
 * is away, as most peers answer to everybody.
 */
function createSignHop(username: string, { keyring, iris, now, logger }: Context): SignHop {
  return async (url) => {
    const request = { method: 'GET', url: url.href, keyId: iris.mainKey(username), time: now() };
    try {
      const headers = await signCavage({ ...request, keyType: 'rsa' }, (bytes) =>
        keyring.sign({ username, algorithm: 'rsa-sha256' }, bytes),
      );
      return { ...headers };
    } catch (error) {
      logger.warn({ err: error }, 'a fetch goes out unsigned');
      return {};
    }
  };
}
