import type { Collection, Filter } from 'mongodb';
import type { Position } from '../cursor.ts';
import type { ActivityDocument } from '../documents.ts';
import { createInsertGroup, type InsertResult } from '../insert-group.ts';

/** A signed activity as it is stored and served. */
export interface SignedActivity {
  readonly activityId: string;
  readonly type: string;
  /** User name of the actor. */
  readonly actor: string;
  readonly publishedAt: Date;
  readonly contentHash?: string;
  /** The exact signed text. */
  readonly text: string;
  readonly signedAt: Date;
  readonly verified: ActivityDocument['verified'];
}

/** The signed activities of this server's actors. */
export interface ActivityRepository {
  /** Stores a signed activity once; a second time with the same id changes nothing. */
  insert(activity: SignedActivity): Promise<InsertResult>;
  find(activityId: string): Promise<SignedActivity | undefined>;
  /** The earliest Create of a content hash whose signature verifies: it decides the owner. */
  findEarliestCreate(contentHash: string): Promise<SignedActivity | undefined>;
  count(): Promise<number>;
  countByActor(username: string): Promise<number>;
  /** Activities of an actor, the newest first. */
  pageByActor(
    username: string,
    before: Position | undefined,
    limit: number,
  ): Promise<SignedActivity[]>;
}

/** {@link ActivityRepository} over the collection `activities`. */
export function createActivityRepository(
  collection: Collection<ActivityDocument>,
): ActivityRepository {
  const insert = createInsertGroup(collection);
  return {
    insert: ({ activityId, ...rest }) => insert({ _id: activityId, ...rest }),
    async find(activityId) {
      const document = await collection.findOne({ _id: activityId });
      return document ? toActivity(document) : undefined;
    },
    async findEarliestCreate(contentHash) {
      const document = await collection.findOne(
        { contentHash, type: 'Create', verified: { $ne: false } },
        { sort: { publishedAt: 1, _id: 1 } },
      );
      return document ? toActivity(document) : undefined;
    },
    count: () => collection.estimatedDocumentCount(),
    countByActor: (username) => collection.countDocuments({ actor: username }),
    async pageByActor(username, before, limit) {
      const documents = await collection
        .find({ actor: username, ...(before && isBefore(before)) })
        .sort({ publishedAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return documents.map(toActivity);
    },
  };
}

function toActivity({ _id, outbox: _outbox, ...activity }: ActivityDocument): SignedActivity {
  return { activityId: _id, ...activity };
}

function isBefore({ at, id }: Position): Filter<ActivityDocument> {
  return { $or: [{ publishedAt: { $lt: at } }, { publishedAt: at, _id: { $lt: id } }] };
}
