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
