import type { Collection } from 'mongodb';
import type { KeyFailureDocument, RemoteActorDocument } from '../federation-documents.ts';

/** What is remembered of a peer's actor. */
export interface RemoteActor
  extends Omit<
    RemoteActorDocument,
    '_id' | 'expiresAt' | 'forcedAt' | 'isForcing' | 'synchronizedAt'
  > {
  readonly actorIri: string;
}

/**
 * Whether a forced look at a key's actor is allowed now, and counts as that look. Else `startedAt`
 * is since when somebody else looks; undefined where nobody does any more.
 */
export type ForcedRefresh =
  | { readonly isGranted: true }
  | { readonly isGranted: false; readonly startedAt: Date | undefined };

/** Peers' actors and their keys, as they were when they were fetched last. */
export interface RemoteActorRepository {
  find(actorIri: string): Promise<RemoteActor | undefined>;
  findByKey(keyId: string): Promise<RemoteActor | undefined>;
  /** The actor of a handle, `user@host`. */
  findByHandle(handle: string): Promise<RemoteActor | undefined>;
  /** Remembers that WebFinger says a handle is this actor, and no other any more. */
  rememberHandle(actorIri: string, handle: string): Promise<void>;
  save(actor: RemoteActor): Promise<void>;
  /** Remembers that the peer says the actor is gone. */
  markGone(actorIri: string): Promise<void>;
  /** Asks for the one forced look at this key's actor that there may be in `intervalMs`. */
  claimForcedRefresh(keyId: string, now: Date, intervalMs: number): Promise<ForcedRefresh>;
  /** Whether a forced look was asked for that has not ended yet. */
  isForced(keyId: string): Promise<boolean>;
  /** Says that a forced look has ended, whatever came of it. */
  endForcedRefresh(keyId: string): Promise<void>;
  /** Gives a forced look back that could not be made. */
  releaseForcedRefresh(keyId: string): Promise<void>;
  /** Whether the actor may be asked now who of ours follows him: at most once in `intervalMs`. Counts as asked. */
  claimSynchronization(actorIri: string, now: Date, intervalMs: number): Promise<boolean>;
  /** Remembers that a key could not be had, until `until`. */
  rememberFailure(keyId: string, reason: string, until: Date): Promise<void>;
  /** Why a key could not be had lately; undefined where it may be tried. */
  findFailure(keyId: string, now: Date): Promise<string | undefined>;
}

/** What a newer actor document may have left out. */
const OPTIONAL = ['sharedInbox', 'preferredUsername', 'name', 'followers', 'movedTo'] as const;
const KEPT_MS = 30 * 86_400_000;

/** {@link RemoteActorRepository} over the collections `remote_actors` and `key_failures`. */
export function createRemoteActorRepository(
  actors: Collection<RemoteActorDocument>,
  failures: Collection<KeyFailureDocument>,
): RemoteActorRepository {
  return {
    async find(actorIri) {
      const document = await actors.findOne({ _id: actorIri });
      return document ? toActor(document) : undefined;
    },
    async findByKey(keyId) {
      const document = await actors.findOne({ 'keys.keyId': keyId });
      return document ? toActor(document) : undefined;
    },
    async findByHandle(handle) {
      const document = await actors.findOne({ handle });
      return document ? toActor(document) : undefined;
    },
    async rememberHandle(actorIri, handle) {
      await actors.updateMany({ handle, _id: { $ne: actorIri } }, { $unset: { handle: 1 } });
      await actors.updateOne({ _id: actorIri }, { $set: { handle } });
    },
    async save({ actorIri, ...actor }) {
      const expiresAt = new Date(actor.fetchedAt.getTime() + KEPT_MS);
      const absent = OPTIONAL.filter((name) => actor[name] === undefined);
      const unset: Record<string, 1> = Object.fromEntries(absent.map((name) => [name, 1]));
      await actors.updateOne(
        { _id: actorIri },
        { $set: { ...actor, expiresAt }, ...(absent.length > 0 && { $unset: unset }) },
        { upsert: true },
      );
    },
    async markGone(actorIri) {
      await actors.updateOne({ _id: actorIri }, { $set: { isGone: true } });
    },
    async claimForcedRefresh(keyId, now, intervalMs) {
      const before = new Date(now.getTime() - intervalMs);
      const result = await actors.updateOne(
        {
          'keys.keyId': keyId,
          $or: [{ forcedAt: { $exists: false } }, { forcedAt: { $lte: before } }],
        },
        { $set: { forcedAt: now, isForcing: true } },
      );
      if (result.matchedCount > 0) return { isGranted: true };
      const other = await actors.findOne(
        { 'keys.keyId': keyId, isForcing: true },
        { projection: { forcedAt: 1 } },
      );
      return { isGranted: false, startedAt: other?.forcedAt };
    },
    async isForced(keyId) {
      const forced = { 'keys.keyId': keyId, isForcing: true };
      return (await actors.findOne(forced, { projection: { _id: 1 } })) !== null;
    },
    async endForcedRefresh(keyId) {
      const filter = { 'keys.keyId': keyId, isForcing: true };
      await actors.updateOne(filter, { $set: { isForcing: false } });
    },
    async releaseForcedRefresh(keyId) {
      await actors.updateOne(
        { 'keys.keyId': keyId },
        { $unset: { forcedAt: 1 }, $set: { isForcing: false } },
      );
    },
    async claimSynchronization(actorIri, now, intervalMs) {
      const before = new Date(now.getTime() - intervalMs);
      const result = await actors.updateOne(
        {
          _id: actorIri,
          $or: [{ synchronizedAt: { $exists: false } }, { synchronizedAt: { $lte: before } }],
        },
        { $set: { synchronizedAt: now } },
      );
      return result.matchedCount > 0;
    },
    async rememberFailure(keyId, reason, until) {
      await failures.updateOne(
        { _id: keyId },
        { $set: { reason, expiresAt: until } },
        { upsert: true },
      );
    },
    async findFailure(keyId, now) {
      return (await failures.findOne({ _id: keyId, expiresAt: { $gt: now } }))?.reason;
    },
  };
}

function toActor(document: RemoteActorDocument): RemoteActor {
  const {
    _id,
    expiresAt: _expiresAt,
    forcedAt: _forcedAt,
    isForcing: _isForcing,
    synchronizedAt: _synchronizedAt,
    ...actor
  } = document;
  return { actorIri: _id, ...actor };
}
