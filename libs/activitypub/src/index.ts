export { type ActorSource, buildActor } from './build-actor.ts';
export {
  buildOrderedCollection,
  buildOrderedCollectionPage,
  type CollectionPage,
} from './build-collection.ts';
export { buildCreate, type CreateSource, objectTypeOf } from './build-create.ts';
export { createIris, type Iris } from './iris.ts';
export { ACTIVITY_JSON, JRD_JSON, LD_JSON_ACTIVITY } from './media-types.ts';
export { buildWebfinger, parseWebfingerResource, type WebfingerResource } from './webfinger.ts';
