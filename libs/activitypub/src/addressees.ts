import type { Iris } from './iris.ts';

/** IRI of the collection that is everybody. */
export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';

/** Who an activity is addressed to. */
export interface Addressees {
  readonly to: readonly string[];
  readonly cc: readonly string[];
}

/**
 * To everybody, with a copy to the followers of a user.
 *
 * @see https://www.w3.org/TR/activitypub/#public-addressing
 */
export function addressPublic(username: string, iris: Iris): Addressees {
  return { to: [PUBLIC], cc: [iris.followers(username)] };
}

/** To these actors and nobody else. */
export function addressActors(actorIris: readonly string[]): Addressees {
  return { to: actorIris, cc: [] };
}
