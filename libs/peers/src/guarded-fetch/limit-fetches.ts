import type { Fetch } from './fetch-request.ts';
import { failFetch } from './fetch-result.ts';

/** A fetch that asks `limit` times and then refuses: what one post of a stranger may cost us. */
export function limitFetches(fetch: Fetch, limit: number): Fetch {
  let fetches = 0;
  return async (request) => {
    fetches += 1;
    if (fetches > limit) return failFetch('too-many-fetches', `more than ${limit} fetches`);
    return fetch(request);
  };
}
