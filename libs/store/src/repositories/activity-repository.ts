import type { Collection, Filter } from 'mongodb';
import type { Position } from '../cursor.ts';
import type { ActivityDocument } from '../documents.ts';
import { createInsertGroup, type InsertResult, insertMissing } from '../insert-group.ts';
import { createOutbox, type Outbox, promise } from '../outbox.ts';
import { createSetAside, type SetAside } from '../set-aside.ts';
import { createUpdateGroup } from '../update-group.ts';
import {
  type Activity,
  type ClaimOfHash,
  type PendingActivity,
  type Signature,
  type SignedActivity,
  toActivity,
  toSigned,
} from './stored-activity.ts';

/** The activities of this server's actors. */
export interface ActivityRepository {
  readonly outbox: Outbox;
  /** Writes an activity with the promise to sign it; a second time with the same id changes nothing. */
  insertPending(activity: PendingActivity): Promise<InsertResult>;
  findPending(activityId: string): Promise<PendingActivity | undefined>;
  /** Signs a pending activity with the promise to send it out; a second time changes nothing. */
  settleSignature(activityId: string, signature: Signature): Promise<void>;
  /** Stores a signed activity once, with the promise to send it out. */
  insertSigned(activity: SignedActivity): Promise<InsertResult>;
  /** Adds signed activities that need not be sent out; ids that are taken stay as they are. */
  import(activities: readonly SignedActivity[]): Promise<void>;
  /** The signed activity that is still to be sent out. */
  findUnsent(activityId: string): Promise<SignedActivity | undefined>;
  /** Where older activities of the same actor about the same object stand. */
  predecessors(activity: SignedActivity): Promise<'none' | 'unsent' | 'sent'>;
  /** Keeps the promise to send an activity out: its deliveries are in the ledger. */
  settleFanOut(activityId: string): Promise<void>;
  /** Gives up a promise of this activity. */
  giveUp(activityId: string, kind: string, reason: string, at: Date): Promise<void>;
  /** The signed activity with this id. */
  find(activityId: string): Promise<SignedActivity | undefined>;
  /** Whether an activity has this id, signed or not. */
  exists(activityId: string): Promise<boolean>;
  /** An actor's latest activity of a type about an object, signed or not. */
  findLatest(
    actor: string,
    type: string,
    objectIri: string,
  ): Promise<Pick<Activity, 'activityId' | 'publishedAt' | 'audience'> | undefined>;
  /** Whether an actor still claims a content hash by another Create than this one. */
  hasOtherClaim(actor: string, objectIri: string, activityId: string): Promise<boolean>;
  /** The earliest Create of a content hash whose signature verifies and that still stands: it decides the owner. */
  findEarliestCreate(contentHash: string): Promise<SignedActivity | undefined>;
  /** Who owns each of these content hashes, as {@link ActivityRepository.findEarliestCreate} decides it. */
  listOwners(contentHashes: readonly string[]): Promise<Map<string, string>>;
  /** Takes a Create back: it no longer decides about its content hash. */
  withdraw(activityId: string, at: Date): Promise<void>;
  /** When the last Create of a content hash was withdrawn; undefined where none was. */
  findWithdrawal(contentHash: string): Promise<Date | undefined>;
  /** Every signed Create of a content hash, the earliest first. */
  listClaims(contentHash: string, limit: number): Promise<ClaimOfHash[]>;
  /** Public activities about an object, the newest first. */
  listByObject(objectIri: string, limit: number): Promise<SignedActivity[]>;
  /** Public activities of all actors, the newest first. */
  latest(before: Position | undefined, limit: number): Promise<SignedActivity[]>;
  count(): Promise<number>;
  /** Signed public activities of an actor: as many as his pages show. */
  countByActor(username: string): Promise<number>;
  /** Public activities of an actor since a moment, the newest first. */
  newestByActor(username: string, since: Date, limit: number): Promise<SignedActivity[]>;
  /** Public activities of an actor, the newest first. */
  pageByActor(
    username: string,
    before: Position | undefined,
    limit: number,
  ): Promise<SignedActivity[]>;
}

const SIGN = 'sign-activity';
const FAN_OUT = 'fan-out-activity';

/** A Create that decides about the owner of its content hash, if it is the earliest one. */
const STANDING_CLAIM = {
  type: 'Create',
  verified: { $ne: false },
  withdrawnAt: { $exists: false },
} satisfies Filter<ActivityDocument>;

/** Activities that could not be signed or sent out. */
export function setAsideActivities(collection: Collection<ActivityDocument>): SetAside {
  return createSetAside(collection, { kinds: [SIGN, FAN_OUT], workId: '_id' });
}

/** {@link ActivityRepository} over the collection `activities`. */
export function createActivityRepository(
  collection: Collection<ActivityDocument>,
): ActivityRepository {
  const insert = createInsertGroup(collection);
  const update = createUpdateGroup(collection);
  const findSigned = async (filter: Filter<ActivityDocument>, sort?: Record<string, 1 | -1>) => {
    const document = await collection.findOne(
      { ...filter, text: { $ne: null } },
      sort ? { sort } : {},
    );
    return document ? toSigned(document) : undefined;
  };
  const listNewest = async (filter: Filter<ActivityDocument>, limit: number) => {
    const documents = await collection
      .find({ ...filter, isPublic: true, text: { $ne: null } })
      .sort({ publishedAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return documents.flatMap((document) => toSigned(document) ?? []);
  };
  return {
    outbox: createOutbox(collection),
    insertPending({ activityId, ...rest }) {
      const outbox = [promise(SIGN, activityId, rest.publishedAt)];
      return insert({
        _id: activityId,
        ...rest,
        text: null,
        signedAt: null,
        verified: false,
        outbox,
      });
    },
    async findPending(activityId) {
      const document = await collection.findOne({ _id: activityId, text: null });
      return document?.draft === undefined
        ? undefined
        : { ...toActivity(document), draft: document.draft };
    },
    settleSignature: (activityId, signature) =>
      update({
        updateOne: {
          filter: { _id: activityId, text: null },
          update: {
            $set: {
              ...signature,
              outbox: [promise(FAN_OUT, activityId, signature.signedAt)],
            },
            $unset: { draft: 1, failure: 1 },
          },
        },
      }),
    insertSigned({ activityId, ...rest }) {
      const outbox = [promise(FAN_OUT, activityId, rest.signedAt)];
      return insert({ _id: activityId, ...rest, outbox });
    },
    import: (activities) =>
      insertMissing(
        collection,
        activities.map(({ activityId, ...rest }) => ({ _id: activityId, ...rest })),
      ),
    findUnsent: (activityId) => findSigned({ _id: activityId, 'outbox.kind': FAN_OUT }),
    async predecessors({ objectIri, actor, publishedAt }) {
      const older = { objectIri, actor, publishedAt: { $lt: publishedAt } };
      const unsent = { ...older, 'outbox.kind': { $in: [SIGN, FAN_OUT] } };
      if ((await collection.countDocuments(older, { limit: 1 })) === 0) return 'none';
      return (await collection.countDocuments(unsent, { limit: 1 })) > 0 ? 'unsent' : 'sent';
    },
    settleFanOut: (activityId) =>
      update({
        updateOne: {
          filter: { _id: activityId },
          update: { $pull: { outbox: { kind: FAN_OUT } } },
        },
      }),
    async giveUp(activityId, kind, reason, at) {
      await collection.updateOne(
        { _id: activityId, 'outbox.kind': kind },
        { $set: { failure: { kind, reason, at } }, $pull: { outbox: { kind } } },
      );
    },
    find: (activityId) => findSigned({ _id: activityId }),
    exists: async (activityId) =>
      (await collection.countDocuments({ _id: activityId }, { limit: 1 })) > 0,
    async findLatest(actor, type, objectIri) {
      const document = await collection.findOne(
        { objectIri, actor, type },
        { sort: { publishedAt: -1 }, projection: { publishedAt: 1, audience: 1 } },
      );
      if (!document) return undefined;
      const { _id: activityId, publishedAt, audience } = document;
      return { activityId, publishedAt, audience };
    },
    hasOtherClaim: async (actor, objectIri, activityId) =>
      (await collection.countDocuments(
        {
          objectIri,
          actor,
          type: 'Create',
          _id: { $ne: activityId },
          withdrawnAt: { $exists: false },
        },
        { limit: 1 },
      )) > 0,
    findEarliestCreate: (contentHash) =>
      findSigned({ contentHash, ...STANDING_CLAIM }, { publishedAt: 1, _id: 1 }),
    async listOwners(contentHashes) {
      const rows = await collection
        .aggregate<{ _id: string; actor: string }>([
          { $match: { contentHash: { $in: [...contentHashes] }, ...STANDING_CLAIM } },
          { $sort: { publishedAt: 1, _id: 1 } },
          { $group: { _id: '$contentHash', actor: { $first: '$actor' } } },
        ])
        .toArray();
      return new Map(rows.map(({ _id, actor }) => [_id, actor]));
    },
    async withdraw(activityId, at) {
      await collection.updateOne(
        { _id: activityId, withdrawnAt: { $exists: false } },
        { $set: { withdrawnAt: at } },
      );
    },
    async findWithdrawal(contentHash) {
      const document = await collection.findOne(
        { contentHash, withdrawnAt: { $exists: true } },
        { sort: { withdrawnAt: -1 } },
      );
      return document?.withdrawnAt;
    },
    async listClaims(contentHash, limit) {
      const documents = await collection
        .find({ contentHash, type: 'Create', text: { $ne: null } })
        .sort({ publishedAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return documents.flatMap((document) => {
        const claim = toSigned(document);
        const { withdrawnAt } = document;
        return claim ? [{ ...claim, ...(withdrawnAt !== undefined && { withdrawnAt }) }] : [];
      });
    },
    listByObject: (objectIri, limit) => listNewest({ objectIri }, limit),
    latest: (before, limit) => listNewest(before ? isBefore(before) : {}, limit),
    count: () => collection.estimatedDocumentCount(),
    countByActor: (username) =>
      collection.countDocuments({ actor: username, isPublic: true, text: { $ne: null } }),
    newestByActor: (username, since, limit) =>
      listNewest({ actor: username, publishedAt: { $gte: since } }, limit),
    pageByActor: (username, before, limit) =>
      listNewest({ actor: username, ...(before && isBefore(before)) }, limit),
  };
}

function isBefore({ at, id }: Position): Filter<ActivityDocument> {
  return { $or: [{ publishedAt: { $lt: at } }, { publishedAt: at, _id: { $lt: id } }] };
}
