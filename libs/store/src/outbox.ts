import { context, propagation } from '@opentelemetry/api';
import type { Collection, Filter, UpdateFilter } from 'mongodb';
import type { OutboxDocument, OutboxEntry } from './documents.ts';

/** Finds promised work that is overdue, for the relay. */
export interface Outbox {
  /** Entries of `kind` that were due before `before`, the oldest first, at most `limit`. */
  due(kind: string, before: Date, limit: number): Promise<string[]>;
  /** Lets the relay look at these entries again only at `until`. */
  postpone(kind: string, ids: readonly string[], until: Date): Promise<void>;
  /** The `traceparent` of those of these promises that were made in a trace, by id. */
  traces(kind: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Counts one death of a process in this work, and returns how many there have been. */
  countCrash(kind: string, id: string): Promise<number>;
}

/** The outbox of every document in `collection`. */
export function createOutbox<D extends OutboxDocument>(source: Collection<D>): Outbox {
  // The outbox of a document has the same form in every collection.
  const collection = source as unknown as Collection<OutboxDocument>;
  const overdue = (kind: string, before: Date): Filter<OutboxDocument> => ({
    // Said twice, because SecantusDB finds no index for `$elemMatch` and would read the collection.
    'outbox.at': { $lte: before },
    outbox: { $elemMatch: { kind, at: { $lte: before } } },
  });
  return {
    async due(kind, before, limit) {
      const documents = await collection
        .find(overdue(kind, before), { projection: { outbox: 1 }, sort: { 'outbox.at': 1 }, limit })
        .toArray();
      return documents.flatMap((document) => idsDue(document.outbox ?? [], kind, before));
    },
    async postpone(kind, ids, until) {
      const update: UpdateFilter<OutboxDocument> = { $set: { 'outbox.$[entry].at': until } };
      await collection.updateMany({ 'outbox.id': { $in: [...ids] } }, update, {
        arrayFilters: [{ 'entry.kind': kind, 'entry.id': { $in: [...ids] } }],
      });
    },
    async traces(kind, ids) {
      const documents = await collection
        .find({ 'outbox.id': { $in: [...ids] } }, { projection: { outbox: 1 } })
        .toArray();
      const entries = documents.flatMap((document) => document.outbox ?? []);
      return new Map(
        entries.flatMap((entry) =>
          entry.kind === kind && entry.traceparent ? [[entry.id, entry.traceparent]] : [],
        ),
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

function idsDue(entries: readonly OutboxEntry[], kind: string, before: Date): string[] {
  return entries
    .filter((entry) => entry.kind === kind && entry.at <= before)
    .map((entry) => entry.id);
}
