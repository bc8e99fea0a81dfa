import type { Collection } from 'mongodb';
import type { InviteDocument } from '../documents.ts';

/** Invitations to register. That one makes one user is decided by the users' unique index. */
export interface InviteRepository {
  insert(codeHash: string, createdBy: string, expiresAt: Date): Promise<void>;
  isOpen(codeHash: string, now: Date): Promise<boolean>;
}

/** {@link InviteRepository} over the collection `invites`. */
export function createInviteRepository(collection: Collection<InviteDocument>): InviteRepository {
  return {
    async insert(codeHash, createdBy, expiresAt) {
      await collection.insertOne({ _id: codeHash, createdBy, expiresAt });
    },
    isOpen: async (codeHash, now) =>
      (await collection.findOne({ _id: codeHash, expiresAt: { $gt: now } })) !== null,
  };
}
