import type { LookupFunction } from 'node:net';
import { createGuardedFetch, type GuardedFetchOptions } from '../guarded-fetch/guarded-fetch.ts';

/** A guarded fetch that is allowed the given hosts, closed with its test. */
export function fetchFrom(
  allowedHosts: readonly string[],
  options: Partial<GuardedFetchOptions> = {},
) {
  const { fetch, close } = createGuardedFetch({ userAgent: 'test', allowedHosts, ...options });
  return {
    get: (url: string, headers = {}) => fetch({ url, method: 'GET', headers }),
    fetch,
    [Symbol.asyncDispose]: close,
  };
}

/** Answers a look-up with one address after the other, and then with the last. */
export function lookupInTurn(...addresses: string[]): LookupFunction {
  let asked = 0;
  return (_, __, callback) => {
    const address = addresses[Math.min(asked, addresses.length - 1)] ?? '';
    asked += 1;
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
}
