import type { Collection, Document, Filter, UpdateFilter } from 'mongodb';
import { createWriteGroup } from './write-group.ts';

/** What documents of concurrent callers become. */
export interface SameUpdate<D extends Document, T> {
  readonly idOf: (item: T) => string;
  /** Items with equal keys become the same. */
  readonly keyOf?: (item: T) => unknown;
  /** What a document must be besides having the id. */
  readonly filter: Filter<D>;
  /** Made from the last item of those with one key. */
  readonly update: (last: T) => UpdateFilter<D>;
}

/**
 * Changes documents of concurrent callers alike by one statement, which costs the server a fraction
 * of as many single ones. Each is a compare-and-set that may run twice: nobody learns what matched.
 */
export function createSameUpdateGroup<D extends Document, T>(
  collection: Collection<D>,
  { idOf, keyOf = () => undefined, filter, update }: SameUpdate<D, T>,
): (item: T) => Promise<void> {
  return createWriteGroup<T, void>(async (items) => {
    const alike = [...Map.groupBy(items, keyOf).values()];
    await Promise.all(
      alike.map((same) => {
        const last = same.at(-1);
        // The id first, because SecantusDB takes the index of what is named first, and would read all
        // that is pending. The driver derives its types from `D`, which is not known here.
        const mine = { _id: { $in: same.map(idOf) }, ...filter } as unknown as Filter<D>;
        return last && collection.updateMany(mine, update(last));
      }),
    );
    return items.map(() => ({ ok: true, value: undefined }));
  });
}
