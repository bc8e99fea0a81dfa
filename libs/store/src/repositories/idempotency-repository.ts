import type { Collection } from 'mongodb';
import type { IdempotencyKeyDocument } from '../documents.ts';
import { createInsertGroup } from '../insert-group.ts';

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
  const insert = createInsertGroup(collection);
  return {
    async use(key, fingerprint, expiresAt) {
      if ((await insert({ _id: key, fingerprint, expiresAt })) === 'inserted') return 'first';
      const bound = await collection.findOne({ _id: key });
      return bound === null || bound.fingerprint === fingerprint ? 'same' : 'other';
    },
  };
}
