import type { SignHop } from '@artdag/peers';
import { signCavage } from '@artdag/signatures';
import type { FederationContext } from '../context.ts';

type Context = Pick<FederationContext, 'keyring' | 'iris' | 'now' | 'logger'>;

/**
 * Signs a GET as the first user, for peers that answer to nobody else; unsigned where the signer
 * is away, as most peers answer to everybody.
 */
export function createSignHop(username: string, { keyring, iris, now, logger }: Context): SignHop {
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
