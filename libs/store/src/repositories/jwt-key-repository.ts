import type { Collection } from 'mongodb';
import type { JwtKeyDocument } from '../documents.ts';
import { createInsertGroup, type InsertResult } from '../insert-group.ts';

/** A key pair that signs tokens. */
export interface JwtKey extends Omit<JwtKeyDocument, '_id' | 'expiresAt'> {
  readonly kid: string;
}

/** The key pairs that sign tokens, from the first to the last. The order decides, not the clock. */
export interface JwtKeyRepository {
  list(): Promise<JwtKey[]>;
  /** Adds the key of the next number; `duplicate` where another process was faster. */
  insert(key: JwtKey): Promise<InsertResult>;
  /** Notes that a key signs tokens which live that long. */
  noteLife(kid: string, lifeSeconds: number): Promise<void>;
  /** Lets the key be removed once nothing that it signed is good any more. */
  expire(kid: string, at: Date): Promise<void>;
}

/** {@link JwtKeyRepository} over the collection `jwt_keys`. */
export function createJwtKeyRepository(collection: Collection<JwtKeyDocument>): JwtKeyRepository {
  const insert = createInsertGroup(collection);
  return {
    async list() {
      const documents = await collection.find().sort({ sequence: 1 }).toArray();
      return documents.map(({ _id, expiresAt: _expiresAt, ...key }) => ({ kid: _id, ...key }));
    },
    insert: ({ kid, ...key }) => insert({ _id: kid, ...key }),
    async noteLife(kid, lifeSeconds) {
      await collection.updateOne({ _id: kid }, { $max: { lifeSeconds } });
    },
    async expire(kid, at) {
      await collection.updateOne({ _id: kid }, { $set: { expiresAt: at } });
    },
  };
}
