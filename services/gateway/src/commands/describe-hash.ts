import type { GatewayContext } from '../context.ts';
import type { Messages } from '../pages/messages/en.ts';
import { findObject } from './find-object.ts';

interface Context extends Pick<GatewayContext, 'store'> {
  readonly domain: string;
  readonly m: Messages;
}

const MAX_CLAIMS = 50;

/** What is to be said of a content hash in a few words. */
export async function describeHash(
  contentHash: string,
  { store, domain, m }: Context,
): Promise<string> {
  const found = await findObject(contentHash, store);
  switch (found.kind) {
    case 'unknown':
      return m.badge.unknown;
    case 'withdrawn':
      return m.badge.withdrawn;
    case 'claimed': {
      const claims = await store.activities.listClaims(contentHash, MAX_CLAIMS);
      const standing = claims.filter(
        ({ verified, withdrawnAt }) => verified !== false && withdrawnAt === undefined,
      );
      const claimants = new Set(standing.map(({ actor }) => actor)).size;
      const owner = `@${found.create.actor}@${domain}`;
      return claimants > 1 ? m.badge.contested(owner, claimants) : m.badge.claimed(owner);
    }
  }
}
