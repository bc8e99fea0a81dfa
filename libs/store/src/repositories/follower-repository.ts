import type { Collection } from 'mongodb';
import type { Position } from '../cursor.ts';
import type { FollowerDocument } from '../federation-documents.ts';
import { createOutbox, type Outbox } from '../outbox.ts';
import { createSetAside, type SetAside } from '../set-aside.ts';

/** An actor who follows a user of ours. */
export type Follower = Pick<FollowerDocument, 'username' | 'actorIri' | 'host' | 'since'> &
  Required<Pick<FollowerDocument, 'inbox' | 'deliveryInbox' | 'followIri'>>;

/** A follower in a list. */
export type ListedFollower = Pick<FollowerDocument, 'username' | 'actorIri' | 'since'>;

/** Where the activities that a follower gets are sent to. */
export type FollowerInboxes = Pick<Follower, 'inbox' | 'deliveryInbox'>;

/** Who follows our users. */
export interface FollowerRepository {
  readonly outbox: Outbox;
  /** Adds a follower, or takes over what is new about him. */
  put(follower: Follower): Promise<void>;
  remove(username: string, actorIri: string): Promise<void>;
  /** Removes the follower whom this Follow made, if the actor is the one who follows. */
  removeByFollow(followIri: string, actorIri: string): Promise<void>;
  /** Removes every follower who is delivered to at this inbox: the peer says that it is gone. */
  removeByInbox(inbox: string): Promise<void>;
  /** Removes an actor from all followers: he was deleted. */
  removeActor(actorIri: string): Promise<void>;
  isFollower(username: string, actorIri: string): Promise<boolean>;
  count(username: string): Promise<number>;
  /** Followers of a user, the newest first. */
  page(username: string, before: Position | undefined, limit: number): Promise<ListedFollower[]>;
  /** IRIs of the followers of a user who are of a host. */
  listByHost(username: string, host: string): Promise<string[]>;
  /** Every inbox that serves the followers of a user, each once. */
  deliveryInboxes(username: string): AsyncIterable<string>;
  /** IRI of a follower whose inbox is still to be found. */
  findUnresolved(followerId: string): Promise<string | undefined>;
  /** Records where a follower is delivered to, and keeps the promise to find it. */
  settleInboxes(followerId: string, inboxes: FollowerInboxes): Promise<void>;
  /** Gives up to look for an inbox. */
  giveUp(followerId: string, reason: string, at: Date): Promise<void>;
}

/** Kind of the promise that a follower carries who was imported by his IRI alone. */
const RESOLVE = 'resolve-follower';

/** Followers whose inbox could not be found. */
export function setAsideFollowers(collection: Collection<FollowerDocument>): SetAside {
  return createSetAside(collection, { kinds: [RESOLVE], workId: '_id', hasHost: true });
}

/** {@link FollowerRepository} over the collection `followers`. */
export function createFollowerRepository(
  collection: Collection<FollowerDocument>,
): FollowerRepository {
  const idOf = (username: string, actorIri: string) => `${username} ${actorIri}`;
  const unresolved = (followerId: string) => ({ _id: followerId, inbox: { $exists: false } });
  return {
    outbox: createOutbox(collection),
    async put(follower) {
      const { since, ...rest } = follower;
      await collection.updateOne(
        { _id: idOf(follower.username, follower.actorIri) },
        {
          $set: rest,
          $setOnInsert: { since },
          $unset: { failure: 1 },
          $pull: { outbox: { kind: RESOLVE } },
        },
        { upsert: true },
      );
    },
    async remove(username, actorIri) {
      await collection.deleteOne({ _id: idOf(username, actorIri) });
    },
    async removeByFollow(followIri, actorIri) {
      await collection.deleteMany({ followIri, actorIri });
    },
    async removeByInbox(inbox) {
      await collection.deleteMany({ deliveryInbox: inbox });
    },
    async removeActor(actorIri) {
      await collection.deleteMany({ actorIri });
    },
    isFollower: async (username, actorIri) =>
      (await collection.countDocuments({ _id: idOf(username, actorIri) }, { limit: 1 })) > 0,
    count: (username) => collection.countDocuments({ username }),
    async page(username, before, limit) {
      const documents = await collection
        .find({ username, ...(before && isBefore(before)) })
        .sort({ since: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return documents.map(({ username: name, actorIri, since }) => {
        return { username: name, actorIri, since };
      });
    },
    async listByHost(username, host) {
      const documents = await collection
        .find({ username, host })
        .project<Pick<FollowerDocument, 'actorIri'>>({ actorIri: 1 })
        .toArray();
      return documents.map(({ actorIri }) => actorIri);
    },
    async *deliveryInboxes(username) {
      const cursor = collection.aggregate<{ _id: string }>([
        { $match: { username, deliveryInbox: { $exists: true } } },
        { $group: { _id: '$deliveryInbox' } },
      ]);
      for await (const group of cursor) yield group._id;
    },
    findUnresolved: async (followerId) =>
      (await collection.findOne(unresolved(followerId)))?.actorIri,
    async settleInboxes(followerId, inboxes) {
      await collection.updateOne(unresolved(followerId), {
        $set: inboxes,
        $unset: { failure: 1 },
        $pull: { outbox: { kind: RESOLVE } },
      });
    },
    async giveUp(followerId, reason, at) {
      await collection.updateOne(unresolved(followerId), {
        $set: { failure: { kind: RESOLVE, reason, at } },
        $pull: { outbox: { kind: RESOLVE } },
      });
    },
  };
}

function isBefore({ at, id }: Position) {
  return { $or: [{ since: { $lt: at } }, { since: at, _id: { $lt: id } }] };
}
