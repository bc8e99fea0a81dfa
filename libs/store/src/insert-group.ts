import {
  type Collection,
  type Document,
  MongoBulkWriteError,
  type OptionalUnlessRequiredId,
  type WriteError,
} from 'mongodb';
import { createWriteGroup, type GroupOutcome } from './write-group.ts';

/** Whether a document went in, or another already had its place under a unique index. */
export type InsertResult = 'inserted' | 'duplicate';

const DUPLICATE_KEY = 11_000;

/** So many documents go in within a second also where the server is slow and serves others. */
const BATCH = 200;

/** Inserts documents of concurrent callers together; each caller learns what became of its own. */
export function createInsertGroup<D extends Document>(collection: Collection<D>) {
  return createWriteGroup((documents: readonly OptionalUnlessRequiredId<D>[]) =>
    insertEach(collection, documents),
  );
}

/** Inserts those documents that are not there yet. */
export async function insertMissing<D extends Document>(
  collection: Collection<D>,
  documents: readonly OptionalUnlessRequiredId<D>[],
): Promise<void> {
  await insertOrSkip(collection, documents);
}

/** {@link insertMissing}, which returns those documents whose place was taken. */
export async function insertOrSkip<D extends Document>(
  collection: Collection<D>,
  documents: readonly OptionalUnlessRequiredId<D>[],
): Promise<OptionalUnlessRequiredId<D>[]> {
  const taken: OptionalUnlessRequiredId<D>[] = [];
  for (let start = 0; start < documents.length; start += BATCH) {
    const batch = documents.slice(start, start + BATCH);
    const outcomes = await insertEach(collection, batch);
    for (const [index, document] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome && !outcome.ok) throw outcome.error;
      if (outcome?.value === 'duplicate') taken.push(document);
    }
  }
  return taken;
}

async function insertEach<D extends Document>(
  collection: Collection<D>,
  documents: readonly OptionalUnlessRequiredId<D>[],
): Promise<GroupOutcome<InsertResult>[]> {
  try {
    await collection.insertMany([...documents], { ordered: false });
    return documents.map(() => ({ ok: true, value: 'inserted' }));
  } catch (error) {
    const faults = faultsOf(error);
    return documents.map((_, index) => outcomeOf(faults, index, error));
  }
}

/**
 * The server's word on single documents. Where the whole batch has failed, as when the connection
 * broke, there is none, and nothing tells which documents are in: that error goes to every caller.
 */
function faultsOf(error: unknown): readonly WriteError[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const faults = [error.writeErrors].flat();
  if (faults.length > 0 && !error.result.getWriteConcernError()) return faults;
  throw error;
}

function outcomeOf(
  faults: readonly WriteError[],
  index: number,
  error: unknown,
): GroupOutcome<InsertResult> {
  const fault = faults.find((entry) => entry.index === index);
  if (!fault) return { ok: true, value: 'inserted' };
  return fault.code === DUPLICATE_KEY ? { ok: true, value: 'duplicate' } : { ok: false, error };
}
