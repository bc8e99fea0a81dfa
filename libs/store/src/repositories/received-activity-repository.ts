import type { Collection } from 'mongodb';
import type { Position } from '../cursor.ts';
import { documentId } from '../document-id.ts';
import type { FailureRecord } from '../documents.ts';
import type { ReceivedActivityDocument } from '../federation-documents.ts';
import { createInsertGroup, type InsertResult } from '../insert-group.ts';
import { createOutbox, type Outbox, promise } from '../outbox.ts';
import { receivedBefore } from '../received-before.ts';
import { createSameUpdateGroup } from '../same-update-group.ts';
import { createSetAside, type SetAside } from '../set-aside.ts';
import { createUpdateGroup } from '../update-group.ts';
import { createWriteGroup } from '../write-group.ts';

/** An activity that a peer posted, checked and not yet processed. */
export type ReceivedActivity = Omit<
  ReceivedActivityDocument,
  '_id' | 'outbox' | 'state' | 'failure' | 'undoes' | 'expiresAt'
>;

/** An activity from a peer, with its id here. */
export interface StoredActivity extends ReceivedActivity {
  readonly receivedId: string;
  readonly state: ReceivedActivityDocument['state'];
}

/** An activity that could not be processed, and why. */
export interface FailedActivity extends StoredActivity {
  readonly failure: FailureRecord;
}

/** What peers posted to our inboxes. */
export interface ReceivedActivityRepository {
  readonly outbox: Outbox;
  /** Id under which an activity is kept. */
  idOf(activityIri: string): string;
  /** Stores an activity with the promise to process it; a second copy changes nothing. */
  insert(activity: ReceivedActivity): Promise<InsertResult>;
  find(receivedId: string): Promise<StoredActivity | undefined>;
  /** Remembers that an activity takes another back, which may still be on its way. */
  noteUndo(receivedId: string, undoneIri: string): Promise<void>;
  /** Whether the actor has taken back this activity of his. */
  isUndone(activityIri: string, actorIri: string): Promise<boolean>;
  /** Marks the activity as processed and keeps the promise. */
  settle(receivedId: string): Promise<void>;
  /** Sets the activity aside, for the operator to see and replay. */
  fail(receivedId: string, reason: string, at: Date): Promise<void>;
  /** Activities that were set aside and not replayed or dropped since, the newest first. */
  pageFailed(before: Position | undefined, limit: number): Promise<FailedActivity[]>;
  /** Why an activity was set aside; undefined where it was not, or was dropped since. */
  findFailed(receivedId: string): Promise<FailedActivity | undefined>;
  /** When the activity that has waited longest came; undefined where none waits. */
  oldestWaiting(): Promise<Date | undefined>;
}

/** Kind of the promise that a received activity carries. */
const PROCESS = 'process-inbox-activity';
const KEPT_MS = 90 * 86_400_000;
const FAILED = { state: 'failed', failure: { $exists: true } } as const;

/** Received activities that could not be processed. */
export function setAsideReceived(collection: Collection<ReceivedActivityDocument>): SetAside {
  return createSetAside(collection, {
    kinds: [PROCESS],
    workId: '_id',
    hasHost: true,
    failed: { state: 'failed' },
    restored: () => ({ state: 'received' }),
    dropped: () => ({ state: 'failed' }),
  });
}

/** {@link ReceivedActivityRepository} over the collection `received_activities`. */
export function createReceivedActivityRepository(
  collection: Collection<ReceivedActivityDocument>,
): ReceivedActivityRepository {
  const insert = createInsertGroup(collection);
  const update = createUpdateGroup(collection);
  const idOf = (activityIri: string) => documentId(activityIri);
  // Jobs that run at once are read at once.
  const find = createWriteGroup<string, StoredActivity | undefined>(async (ids) => {
    const documents = await collection.find({ _id: { $in: [...ids] } }).toArray();
    const byId = new Map(documents.map((document) => [document._id, toStored(document)]));
    return ids.map((id) => ({ ok: true, value: byId.get(id) }));
  });
  return {
    outbox: createOutbox(collection),
    idOf,
    insert(activity) {
      const id = idOf(activity.activityIri);
      return insert({
        _id: id,
        ...activity,
        state: 'received',
        expiresAt: new Date(activity.receivedAt.getTime() + KEPT_MS),
        outbox: [promise(PROCESS, id, activity.receivedAt)],
      });
    },
    find,
    noteUndo: (receivedId, undoneIri) =>
      update({
        updateOne: { filter: { _id: receivedId }, update: { $set: { undoes: idOf(undoneIri) } } },
      }),
    isUndone: async (activityIri, actorIri) =>
      (await collection.countDocuments({ undoes: idOf(activityIri), actorIri }, { limit: 1 })) > 0,
    settle: createSameUpdateGroup<ReceivedActivityDocument, string>(collection, {
      idOf: (receivedId) => receivedId,
      filter: { state: { $ne: 'processed' } },
      update: () => ({
        $set: { state: 'processed' },
        $unset: { failure: 1 },
        $pull: { outbox: { kind: PROCESS } },
      }),
    }),
    async fail(receivedId, reason, at) {
      await collection.updateOne(
        { _id: receivedId, state: 'received' },
        {
          $set: { state: 'failed', failure: { kind: PROCESS, reason, at } },
          $pull: { outbox: { kind: PROCESS } },
        },
      );
    },
    async pageFailed(before, limit) {
      const documents = await collection
        .find({ ...FAILED, ...receivedBefore(before) })
        .sort({ receivedAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return documents.flatMap(toFailed);
    },
    async findFailed(receivedId) {
      const document = await collection.findOne({ _id: receivedId, ...FAILED });
      return document ? toFailed(document)[0] : undefined;
    },
    async oldestWaiting() {
      const oldest = await collection.findOne(
        { state: 'received' },
        { sort: { receivedAt: 1 }, projection: { receivedAt: 1 } },
      );
      return oldest?.receivedAt;
    },
  };
}

function toStored({
  _id,
  outbox: _outbox,
  failure: _failure,
  undoes: _undoes,
  expiresAt: _expiresAt,
  ...activity
}: ReceivedActivityDocument): StoredActivity {
  return { receivedId: _id, ...activity };
}

function toFailed(document: ReceivedActivityDocument): FailedActivity[] {
  const { failure } = document;
  return failure ? [{ ...toStored(document), failure }] : [];
}
