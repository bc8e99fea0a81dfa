import type { Collection } from 'mongodb';
import type { RemoteObjectDocument } from '../federation-documents.ts';

/** Whose the objects of peers are, as far as anybody here has asked. */
export interface RemoteObjectRepository {
  /** IRI of the actor whose the object is. */
  findOwner(objectIri: string): Promise<string | undefined>;
  /** Remembers an owner for a month. */
  rememberOwner(objectIri: string, ownerIri: string, now: Date): Promise<void>;
}

const KEPT_MS = 30 * 86_400_000;

/** {@link RemoteObjectRepository} over the collection `remote_objects`. */
export function createRemoteObjectRepository(
  collection: Collection<RemoteObjectDocument>,
): RemoteObjectRepository {
  return {
    findOwner: async (objectIri) => (await collection.findOne({ _id: objectIri }))?.ownerIri,
    async rememberOwner(objectIri, ownerIri, now) {
      const expiresAt = new Date(now.getTime() + KEPT_MS);
      await collection.updateOne(
        { _id: objectIri },
        { $set: { ownerIri, expiresAt } },
        { upsert: true },
      );
    },
  };
}
