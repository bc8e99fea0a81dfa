import { type ActivitySource, composeActivity } from './activity-text.ts';
import type { Iris } from './iris.ts';

/** What a Follow is made from. */
export interface FollowSource extends ActivitySource {
  /** IRI of the actor who is to be followed. */
  readonly actorIri: string;
}

/**
 * The JSON text of an unsigned Follow.
 *
 * @see https://www.w3.org/TR/activitypub/#follow-activity-outbox
 */
export function buildFollow(source: FollowSource, iris: Iris): string {
  return composeActivity('Follow', source, JSON.stringify(source.actorIri), iris);
}
