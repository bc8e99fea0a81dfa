import type { Collection } from 'mongodb';
import type { IdempotencyKeyDocument } from '../documents.ts';

/** Whether a key is used for the first time, again for the same request, or for another one. */
export type IdempotencyUse = 'first' | 'same' | 'other';

/** What clients' `Idempotency-Key`s stood for. */
export interface IdempotencyRepository {
  /** Binds `key` to the request with that fingerprint, unless it is bound already. */
  use(key: string, fingerprint: string, expiresAt: Date): Promise<IdempotencyUse>;
}

/** {@link IdempotencyRepository} over the collection `idempotency_keys`. */
export function createIdempotencyRepository(
  collection: Collection<IdempotencyKeyDocument>,
): IdempotencyRepository {
  return {
    async use(key, fingerprint, expiresAt) {
      const before = await collection.findOneAndUpdate(
        { _id: key },
        { $setOnInsert: { fingerprint, expiresAt } },
        { upsert: true, returnDocument: 'before' },
      );
      if (!before) return 'first';
      return before.fingerprint === fingerprint ? 'same' : 'other';
    },
  };
}
