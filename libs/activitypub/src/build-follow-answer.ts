import { type ActivitySource, composeActivity } from './activity-text.ts';
import type { Iris } from './iris.ts';

/** What the answer to a Follow of one of our users is made from. */
export interface FollowAnswerSource extends ActivitySource {
  /** The Follow: its IRI, and the IRI of the actor who asked. */
  readonly follow: { readonly id: string; readonly actor: string };
}

/**
 * The JSON text of an unsigned Accept of a Follow.
 *
 * @see https://www.w3.org/TR/activitypub/#accept-activity-inbox
 */
export function buildAccept(source: FollowAnswerSource, iris: Iris): string {
  return composeActivity('Accept', source, followText(source, iris), iris);
}

/**
 * The JSON text of an unsigned Reject of a Follow; after an Accept it ends the following.
 *
 * @see https://www.w3.org/TR/activitypub/#reject-activity-inbox
 */
export function buildReject(source: FollowAnswerSource, iris: Iris): string {
  return composeActivity('Reject', source, followText(source, iris), iris);
}

/** Peers find what is answered by its id, or by its actor and object where they keep no ids. */
function followText({ follow, username }: FollowAnswerSource, iris: Iris): string {
  const { id, actor } = follow;
  return JSON.stringify({ type: 'Follow', id, actor, object: iris.actor(username) });
}
