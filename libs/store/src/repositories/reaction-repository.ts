import type { Collection } from 'mongodb';
import type { ReactionDocument } from '../federation-documents.ts';
import { insertMissing } from '../insert-group.ts';

/** A like or a share of one of our objects. */
export type Reaction = Omit<ReactionDocument, '_id'>;

/** How often an object was liked and shared. */
export interface ReactionCounts {
  readonly likes: number;
  readonly shares: number;
}

/** Likes and shares of our objects: each actor counts once for each object. */
export interface ReactionRepository {
  put(reaction: Reaction): Promise<void>;
  /** Takes back the reaction that this activity made, if the actor is the one who made it. */
  removeByActivity(activityIri: string, actorIri: string): Promise<void>;
  /** Takes back all that an actor made: he was deleted. */
  removeActor(actorIri: string): Promise<void>;
  counts(objectIri: string): Promise<ReactionCounts>;
}

/** {@link ReactionRepository} over the collection `reactions`. */
export function createReactionRepository(
  collection: Collection<ReactionDocument>,
): ReactionRepository {
  return {
    put: (reaction) =>
      insertMissing(collection, [
        { _id: `${reaction.kind} ${reaction.actorIri} ${reaction.objectIri}`, ...reaction },
      ]),
    async removeByActivity(activityIri, actorIri) {
      await collection.deleteMany({ activityIri, actorIri });
    },
    async removeActor(actorIri) {
      await collection.deleteMany({ actorIri });
    },
    async counts(objectIri) {
      const groups = await collection
        .aggregate<{ _id: ReactionDocument['kind']; count: number }>([
          { $match: { objectIri } },
          { $group: { _id: '$kind', count: { $sum: 1 } } },
        ])
        .toArray();
      const countOf = (kind: ReactionDocument['kind']) =>
        groups.find((group) => group._id === kind)?.count ?? 0;
      return { likes: countOf('like'), shares: countOf('share') };
    },
  };
}
