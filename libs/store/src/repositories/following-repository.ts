import type { Collection } from 'mongodb';
import type { Position } from '../cursor.ts';
import type { FollowingDocument } from '../federation-documents.ts';

/** An actor whom a user of ours follows, or wants to. */
export type Following = Omit<FollowingDocument, '_id'>;

/** Whom our users follow. */
export interface FollowingRepository {
  /** Records a wish to follow. */
  put(following: Following): Promise<void>;
  find(username: string, actorIri: string): Promise<Following | undefined>;
  /** Records the answer of the followed actor; `followId` is the id of our Follow. */
  answer(followId: string, actorIri: string, state: 'accepted' | 'rejected'): Promise<void>;
  remove(username: string, actorIri: string): Promise<void>;
  count(username: string): Promise<number>;
  /** Those who accepted, the newest first. */
  page(username: string, before: Position | undefined, limit: number): Promise<Following[]>;
  /** Everybody of ours who follows this actor. */
  byActor(actorIri: string): AsyncIterable<Following>;
  /** Ends every following of an actor: he was deleted. */
  removeActor(actorIri: string): Promise<void>;
  /** Whether any user of ours follows this actor. */
  isFollowed(actorIri: string): Promise<boolean>;
}

/** {@link FollowingRepository} over the collection `following`. */
export function createFollowingRepository(
  collection: Collection<FollowingDocument>,
): FollowingRepository {
  const idOf = (username: string, actorIri: string) => `${username} ${actorIri}`;
  return {
    async put(following) {
      await collection.updateOne(
        { _id: idOf(following.username, following.actorIri) },
        { $set: following },
        { upsert: true },
      );
    },
    async find(username, actorIri) {
      const document = await collection.findOne({ _id: idOf(username, actorIri) });
      if (!document) return undefined;
      const { _id, ...following } = document;
      return following;
    },
    async answer(followId, actorIri, state) {
      await collection.updateOne({ followId, actorIri }, { $set: { state } });
    },
    async remove(username, actorIri) {
      await collection.deleteOne({ _id: idOf(username, actorIri) });
    },
    count: (username) => collection.countDocuments({ username, state: 'accepted' }),
    async page(username, before, limit) {
      const older = before && {
        $or: [{ since: { $lt: before.at } }, { since: before.at, _id: { $lt: before.id } }],
      };
      const documents = await collection
        .find({ username, state: 'accepted', ...older })
        .sort({ since: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return documents.map(({ _id, ...following }) => following);
    },
    async *byActor(actorIri) {
      const cursor = collection.find({ actorIri, state: 'accepted' });
      for await (const { _id, ...following } of cursor) yield following;
    },
    async removeActor(actorIri) {
      await collection.deleteMany({ actorIri });
    },
    isFollowed: async (actorIri) =>
      (await collection.countDocuments({ actorIri, state: 'accepted' }, { limit: 1 })) > 0,
  };
}
