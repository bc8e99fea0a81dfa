import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb';
import { createWriteGroup } from './write-group.ts';

/**
 * Runs updates of concurrent callers together. Each must be a compare-and-set that may run twice:
 * nobody learns which of them matched.
 */
export function createUpdateGroup<D extends Document>(collection: Collection<D>) {
  return createWriteGroup<AnyBulkWriteOperation<D>, void>(async (operations) => {
    await collection.bulkWrite([...operations], { ordered: false });
    return operations.map(() => ({ ok: true, value: undefined }));
  });
}
