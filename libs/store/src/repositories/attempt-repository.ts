import type { Collection } from 'mongodb';
import type { AttemptCountDocument } from '../documents.ts';

/** Counts attempts by key in fixed windows of time, for every gateway together. */
export interface AttemptRepository {
  /** Counts one attempt under `key` and returns how many the window of `now` has seen, this one included. */
  count(key: string, windowSeconds: number, now: Date): Promise<number>;
}

/** {@link AttemptRepository} over the collection `attempt_counts`. */
export function createAttemptRepository(
  collection: Collection<AttemptCountDocument>,
): AttemptRepository {
  return {
    async count(key, windowSeconds, now) {
      const window = Math.floor(now.getTime() / 1000 / windowSeconds);
      const expiresAt = new Date((window + 1) * windowSeconds * 1000);
      const document = await collection.findOneAndUpdate(
        { _id: `${key} ${window}` },
        { $inc: { count: 1 }, $setOnInsert: { expiresAt } },
        { upsert: true, returnDocument: 'after' },
      );
      return document?.count ?? 1;
    },
  };
}
