import {
  type Collection,
  type Document,
  MongoBulkWriteError,
  type OptionalUnlessRequiredId,
} from 'mongodb';
import { createWriteGroup, type GroupOutcome } from './write-group.ts';

/** Whether a document went in, or another already had its place under a unique index. */
export type InsertResult = 'inserted' | 'duplicate';

const DUPLICATE_KEY = 11_000;

/** Inserts documents of concurrent callers together; each caller learns what became of its own. */
export function createInsertGroup<D extends Document>(collection: Collection<D>) {
  return createWriteGroup<OptionalUnlessRequiredId<D>, InsertResult>(async (documents) => {
    try {
      await collection.insertMany([...documents], { ordered: false });
      return documents.map(() => ({ ok: true, value: 'inserted' }));
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError())
        throw error;
      return documents.map((_, index) => outcomeOf(error, index));
    }
  });
}

function outcomeOf(error: MongoBulkWriteError, index: number): GroupOutcome<InsertResult> {
  const fault = [error.writeErrors].flat().find((entry) => entry.index === index);
  if (!fault) return { ok: true, value: 'inserted' };
  return fault.code === DUPLICATE_KEY ? { ok: true, value: 'duplicate' } : { ok: false, error };
}
