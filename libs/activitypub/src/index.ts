export type { ActivitySource } from './activity-text.ts';
export { type Addressees, addressActors, addressPublic, PUBLIC } from './addressees.ts';
export { type Actor, type ActorSource, buildActor, ED25519_CAPABILITY } from './build-actor.ts';
export { type AnnounceSource, buildAnnounce } from './build-announce.ts';
export {
  buildOrderedCollection,
  buildOrderedCollectionPage,
  type CollectionPage,
} from './build-collection.ts';
export { buildCreate, type CreateSource, objectTypeOf } from './build-create.ts';
export { buildDelete, type DeleteSource } from './build-delete.ts';
export { buildFollow, type FollowSource } from './build-follow.ts';
export { buildAccept, buildReject, type FollowAnswerSource } from './build-follow-answer.ts';
export { buildTombstone, type TombstoneSource } from './build-tombstone.ts';
export { buildUndo, type UndoSource } from './build-undo.ts';
export { buildUpdate, type UpdateSource } from './build-update.ts';
export {
  buildCollectionSynchronization,
  type CollectionSynchronization,
  digestFollowers,
  parseCollectionSynchronization,
} from './collection-synchronization.ts';
export { deriveActivityId } from './derive-activity-id.ts';
export { createIris, type Iris } from './iris.ts';
export { ACTIVITY_JSON, JRD_JSON, LD_JSON_ACTIVITY } from './media-types.ts';
export { buildWebfinger, parseWebfingerResource, type WebfingerResource } from './webfinger.ts';
