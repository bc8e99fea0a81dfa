import { context, propagation } from '@opentelemetry/api';
import type { Collection, Filter } from 'mongodb';
import type { OutboxDocument, OutboxEntry } from './documents.ts';

/** Finds promised work that is overdue, for the relay. */
export interface Outbox {
  /**
   * Entries of `kind` that became due until `before`, and after `after` where that is said; the
   * oldest first, at most `limit`.
   */
  due(kind: string, before: Date, limit: number, after?: Date): Promise<string[]>;
  /** All entries of `kind` that were due before `before`, `batchSize` at a time. */
  sweep(kind: string, before: Date, batchSize: number): OutboxSweep;
  /** Those of these promises that still stand, each with its `traceparent` where it has one. */
  standing(kind: string, ids: readonly string[]): Promise<ReadonlyMap<string, string | undefined>>;
  /** Counts one death of a process in this work, and returns how many there have been. */
  countCrash(kind: string, id: string): Promise<number>;
}

/** When promises became due. */
interface Span {
  readonly before: Date;
  readonly after?: Date | undefined;
}

/** A walk along promises, in no promised order. It writes nothing, and may show what was kept since. */
export interface OutboxSweep extends AsyncDisposable {
  /** Ids of the next ones; none where it has come to the end. */
  next(): Promise<string[]>;
}

/** The outbox of every document in `collection`. */
export function createOutbox<D extends OutboxDocument>(source: Collection<D>): Outbox {
  // The outbox of a document has the same form in every collection.
  const collection = source as unknown as Collection<OutboxDocument>;
  const overdue = (kind: string, { before, after }: Span): Filter<OutboxDocument> => {
    const at = { $lte: before, ...(after && { $gt: after }) };
    // Said twice, because SecantusDB finds no index for `$elemMatch` and would read the collection.
    return { 'outbox.at': at, outbox: { $elemMatch: { kind, at } } };
  };
  return {
    async due(kind, before, limit, after) {
      const span = { before, after };
      const documents = await collection
        .find(overdue(kind, span), { projection: { outbox: 1 }, sort: { 'outbox.at': 1 }, limit })
        .toArray();
      return documents.flatMap((document) => idsDue(document, kind, span));
    },
    sweep(kind, before, batchSize) {
      // Without a sort the server walks the index as it is asked, and keeps nothing in memory.
      const cursor = collection.find(overdue(kind, { before }), {
        projection: { outbox: 1 },
        batchSize,
      });
      return {
        async next() {
          if (!(await cursor.hasNext())) return [];
          const documents = cursor.readBufferedDocuments(batchSize);
          return documents.flatMap((document) => idsDue(document, kind, { before }));
        },
        [Symbol.asyncDispose]: () => cursor.close(),
      };
    },
    async standing(kind, ids) {
      if (ids.length === 0) return new Map();
      const documents = await collection
        .find({ 'outbox.id': { $in: [...ids] } }, { projection: { outbox: 1 } })
        .toArray();
      const wanted = new Set(ids);
      const entries = documents.flatMap((document) => document.outbox ?? []);
      return new Map(
        entries
          .filter((entry) => entry.kind === kind && wanted.has(entry.id))
          .map((entry) => [entry.id, entry.traceparent]),
      );
    },
    async countCrash(kind, id) {
      // Filtered by `arrayFilters`, because SecantusDB has no positional `$` here.
      const document = await collection.findOneAndUpdate(
        { 'outbox.id': id },
        { $inc: { 'outbox.$[entry].crashes': 1 } },
        {
          arrayFilters: [{ 'entry.kind': kind, 'entry.id': id }],
          returnDocument: 'after',
          projection: { outbox: 1 },
        },
      );
      const entry = document?.outbox?.find(
        (candidate) => candidate.kind === kind && candidate.id === id,
      );
      return entry?.crashes ?? 0;
    },
  };
}

/** A promise that is due at `at`. It keeps the trace that it is made in, for the relay to go on with. */
export function promise(kind: string, id: string, at: Date): OutboxEntry {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  const { traceparent } = carrier;
  return { kind, id, at, ...(traceparent !== undefined && { traceparent }) };
}

function idsDue({ outbox = [] }: OutboxDocument, kind: string, { before, after }: Span): string[] {
  return outbox
    .filter((entry) => entry.kind === kind && entry.at <= before && (!after || entry.at > after))
    .map((entry) => entry.id);
}
