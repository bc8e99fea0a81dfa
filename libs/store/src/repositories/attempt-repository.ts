import type { Collection } from 'mongodb';
import type { AttemptCountDocument } from '../documents.ts';
import { createInsertGroup } from '../insert-group.ts';

/** Counts attempts by key in fixed windows of time, for every gateway together. */
export interface AttemptRepository {
  /** Counts one attempt under `key` and returns how many the window of `now` has seen, this one included. */
  count(key: string, windowSeconds: number, now: Date): Promise<number>;
}

/**
 * {@link AttemptRepository} over the collection `attempt_counts`.
 *
 * An insert and an increment, each atomic by itself: concurrent upserts of one `_id` fail with a
 * duplicate key on MongoDB, and overwrite each other on SecantusDB.
 */
export function createAttemptRepository(
  collection: Collection<AttemptCountDocument>,
): AttemptRepository {
  const insert = createInsertGroup(collection);
  const increment = async (id: string) => {
    const update = { $inc: { count: 1 } };
    const options = { returnDocument: 'after' } as const;
    return (await collection.findOneAndUpdate({ _id: id }, update, options))?.count;
  };
  return {
    async count(key, windowSeconds, now) {
      const window = Math.floor(now.getTime() / 1000 / windowSeconds);
      const id = `${key} ${window}`;
      const counted = await increment(id);
      if (counted !== undefined) return counted;
      const expiresAt = new Date((window + 1) * windowSeconds * 1000);
      if ((await insert({ _id: id, count: 1, expiresAt })) === 'inserted') return 1;
      return (await increment(id)) ?? 1;
    },
  };
}
