export type { ActorKey, CachedActor, RemoteActor } from './actors/actor.ts';
export type { ActorCache } from './actors/actor-cache.ts';
export {
  type ActorResolver,
  type ActorResolverOptions,
  createActorResolver,
  type ResolveOptions,
} from './actors/actor-resolver.ts';
export { type Handle, parseHandle } from './actors/parse-handle.ts';
export { type ReadActorResult, readActor } from './actors/read-actor.ts';
export type {
  ResolveActorResult,
  ResolvedKey,
  ResolveFailure,
  ResolveFailureReason,
  ResolveHandleResult,
  ResolveKeyResult,
} from './actors/resolve-result.ts';
export {
  checkPlainActivityStreams,
  type PlainFaultReason,
  type PlainVerdict,
} from './documents/check-plain-activity-streams.ts';
export type {
  DocumentFailure,
  DocumentFailureReason,
  DocumentResult,
  FetchedDocument,
} from './documents/document-result.ts';
export { type DocumentSource, fetchDocument } from './documents/fetch-document.ts';
export { isSameOrigin } from './documents/is-same-origin.ts';
export { isActivityMediaType } from './documents/media-type.ts';
export { isPublicAddress } from './guarded-fetch/address-policy.ts';
export type { Fetch, FetchRequest, SignHop } from './guarded-fetch/fetch-request.ts';
export type {
  FetchAnswer,
  FetchFailure,
  FetchFailureReason,
  FetchResult,
} from './guarded-fetch/fetch-result.ts';
export {
  createGuardedFetch,
  type GuardedFetch,
  type GuardedFetchOptions,
} from './guarded-fetch/guarded-fetch.ts';
export { limitFetches } from './guarded-fetch/limit-fetches.ts';
export type { OutgoingHeaders } from './guarded-fetch/outgoing-headers.ts';
export type { PostAnswer, PostRequest, PostResult } from './guarded-fetch/post-once.ts';
