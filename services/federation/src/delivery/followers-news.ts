import { buildCollectionSynchronization, digestFollowers } from '@artdag/activitypub';
import type { OutgoingHeaders } from '@artdag/peers';
import type { FederationContext } from '../context.ts';

/** What hosts are told of those of their actors who follow users of ours. */
export interface FollowersNews {
  /** Header fields for a host; none where it was told a short while ago. */
  tell(username: string, host: string): Promise<OutgoingHeaders>;
}

const EVERY_MS = 10 * 60_000;
const CAPACITY = 20_000;

/**
 * {@link FollowersNews} of this process: a digest that is told was read just now, and one host is
 * told of one user every ten minutes.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md
 */
export function createFollowersNews({
  store,
  iris,
  now,
}: Pick<FederationContext, 'store' | 'iris' | 'now'>): FollowersNews {
  const toldAt = new Map<string, number>();

  function isDue(key: string): boolean {
    const time = now().getTime();
    if (time - (toldAt.get(key) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return false;
    toldAt.delete(key);
    toldAt.set(key, time);
    const oldest = toldAt.keys().next();
    if (toldAt.size > CAPACITY && !oldest.done) toldAt.delete(oldest.value);
    return true;
  }

  return {
    async tell(username, host) {
      if (!isDue(`${username} ${host}`)) return {};
      const actorIris = await store.followers.listByHost(username, host);
      const value = buildCollectionSynchronization({
        collectionId: iris.followers(username),
        url: iris.followersSynchronization(username),
        digest: digestFollowers(actorIris),
      });
      return { 'collection-synchronization': value };
    },
  };
}
