import { randomUUIDv7 } from 'node:crypto';
import type { Collection } from 'mongodb';
import type { Position } from '../cursor.ts';
import type { AuditEntryDocument } from '../documents.ts';

/** What an operator did, to what, and when. */
export interface AuditEntry extends Omit<AuditEntryDocument, '_id'> {
  readonly entryId: string;
}

/** What operators did. Nothing is ever changed or removed. */
export interface AuditRepository {
  insert(entry: Omit<AuditEntry, 'entryId'>): Promise<void>;
  /** Entries, the newest first. */
  page(before: Position | undefined, limit: number): Promise<AuditEntry[]>;
}

/** {@link AuditRepository} over the collection `audit_entries`. */
export function createAuditRepository(collection: Collection<AuditEntryDocument>): AuditRepository {
  return {
    async insert(entry) {
      await collection.insertOne({ _id: randomUUIDv7(), ...entry });
    },
    async page(before, limit) {
      const older = before && {
        $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: before.id } }],
      };
      const documents = await collection
        .find(older ?? {})
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return documents.map(({ _id, ...entry }) => ({ entryId: _id, ...entry }));
    },
  };
}
