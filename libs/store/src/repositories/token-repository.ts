import type { Collection } from 'mongodb';
import type { RevokedTokenDocument } from '../documents.ts';

/** Tokens that are no longer good, until they would have expired. */
export interface TokenRepository {
  revoke(tokenId: string, expiresAt: Date): Promise<void>;
  isRevoked(tokenId: string): Promise<boolean>;
}

/** {@link TokenRepository} over the collection `revoked_tokens`. */
export function createTokenRepository(
  collection: Collection<RevokedTokenDocument>,
): TokenRepository {
  return {
    async revoke(tokenId, expiresAt) {
      await collection.updateOne({ _id: tokenId }, { $set: { expiresAt } }, { upsert: true });
    },
    isRevoked: async (tokenId) => (await collection.findOne({ _id: tokenId })) !== null,
  };
}
