import type { Collection } from 'mongodb';
import type { RevokedTokenDocument } from '../documents.ts';
import { createInsertGroup } from '../insert-group.ts';

/** Tokens that are no longer good, until they would have expired. */
export interface TokenRepository {
  revoke(tokenId: string, expiresAt: Date): Promise<void>;
  isRevoked(tokenId: string): Promise<boolean>;
}

/** {@link TokenRepository} over the collection `revoked_tokens`. */
export function createTokenRepository(
  collection: Collection<RevokedTokenDocument>,
): TokenRepository {
  const insert = createInsertGroup(collection);
  return {
    async revoke(tokenId, expiresAt) {
      await insert({ _id: tokenId, expiresAt });
    },
    isRevoked: async (tokenId) => (await collection.findOne({ _id: tokenId })) !== null,
  };
}
