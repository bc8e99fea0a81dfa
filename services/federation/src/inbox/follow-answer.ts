import { getMember } from '@artdag/signatures';
import {
  type InboxContext,
  type InboxHandler,
  type IncomingActivity,
  iriOf,
} from './incoming-activity.ts';

/**
 * The followed actor lets a user of ours follow.
 *
 * @see https://www.w3.org/TR/activitypub/#accept-activity-inbox
 */
export const handleAccept: InboxHandler = (activity, context) =>
  recordAnswer('accepted', activity, context);

/**
 * The followed actor does not let a user of ours follow, or no longer.
 *
 * @see https://www.w3.org/TR/activitypub/#reject-activity-inbox
 */
export const handleReject: InboxHandler = (activity, context) =>
  recordAnswer('rejected', activity, context);

/** Only the actor who was asked can answer: the store compares him. */
async function recordAnswer(
  state: 'accepted' | 'rejected',
  { actorIri, object, objectIri = '' }: IncomingActivity,
  { store, iris }: InboxContext,
): Promise<undefined> {
  const head = `${iris.base}/activities/`;
  if (objectIri.startsWith(head)) {
    await store.following.answer(objectIri.slice(head.length), actorIri, state);
    return;
  }
  // Peers that keep no ids repeat the Follow by its members alone.
  const username = iris.usernameOf(iriOf(getMember(object, 'actor')) ?? '');
  if (username === undefined || iriOf(getMember(object, 'object')) !== actorIri) return;
  const following = await store.following.find(username, actorIri);
  if (following) await store.following.answer(following.followId, actorIri, state);
}
