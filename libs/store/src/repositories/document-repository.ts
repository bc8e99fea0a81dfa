import type { Collection, Filter, OptionalUnlessRequiredId, UpdateFilter } from 'mongodb';
import { insertOrSkip } from '../insert-group.ts';

/** Documents of one collection as they are stored, for what moves them in and out. */
export interface DocumentRepository<D extends { readonly _id: string }> {
  count(): Promise<number>;
  /** Those of these documents that are there, by their `_id`. */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, D>>;
  /** Every document, in the collection's own order. */
  stream(): AsyncIterable<D>;
  /**
   * Adds documents. Where something has the `_id` of one, or another value that only one may have, it
   * stays as it is; returns the ids of those that did not go in.
   */
  insertMissing(documents: readonly D[]): Promise<ReadonlySet<string>>;
  /**
   * Sets `values` in the document with this `_id`, if it still has those that are `expected`; returns
   * whether it had.
   */
  change(id: string, expected: Partial<D>, values: Partial<D>): Promise<boolean>;
}

const BATCH = 200;

/** {@link DocumentRepository} over a collection, in the order of these members, then of `_id`. */
export function createDocumentRepository<D extends { readonly _id: string }>(
  collection: Collection<D>,
  ...order: readonly (keyof D & string)[]
): DocumentRepository<D> {
  const sort = Object.fromEntries([...order, '_id'].map((member) => [member, 1 as const]));
  return {
    count: () => collection.countDocuments({}),
    async find(ids) {
      // The driver derives its types from `D`, which is not known here.
      const filter = { _id: { $in: [...ids] } } as unknown as Filter<D>;
      const found = (await collection.find(filter).toArray()) as unknown as D[];
      return new Map(found.map((document) => [document._id, document]));
    },
    async *stream() {
      const options = { sort, batchSize: BATCH, allowDiskUse: true };
      for await (const document of collection.find({}, options)) yield document as unknown as D;
    },
    async insertMissing(documents) {
      const wanted = documents as unknown as OptionalUnlessRequiredId<D>[];
      const taken = (await insertOrSkip(collection, wanted)) as unknown as D[];
      return new Set(taken.map(({ _id }) => _id));
    },
    async change(id, expected, values) {
      const filter = { _id: id, ...expected } as unknown as Filter<D>;
      const result = await collection.updateOne(filter, { $set: values } as UpdateFilter<D>);
      return result.matchedCount > 0;
    },
  };
}
