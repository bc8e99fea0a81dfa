import { addressActors, buildAccept, buildReject, deriveActivityId } from '@artdag/activitypub';
import { signActivity } from '@artdag/queues';
import { formatPublished } from '@artdag/registry';
import type { InboxContext, InboxHandler, IncomingActivity } from './incoming-activity.ts';

/**
 * Adds a follower and answers with an Accept; a Reject where what he wants to follow is not there.
 *
 * @see https://www.w3.org/TR/activitypub/#follow-activity-inbox
 */
export const handleFollow: InboxHandler = async (activity, context) => {
  const { actorIri, activityIri: followIri, objectIri = '', username: addressed } = activity;
  const { store, iris } = context;
  const actor = await store.remoteActors.find(actorIri);
  if (!actor || actor.isGone) return;
  const username = iris.usernameOf(objectIri);
  if (username === undefined || !(await store.users.exists(username))) {
    if (addressed !== null) await answer('Reject', addressed, activity, context);
    return;
  }
  const { inbox, sharedInbox: deliveryInbox = inbox } = actor;
  const { host, receivedAt: since } = activity;
  await store.followers.put({
    username,
    actorIri,
    inbox,
    deliveryInbox,
    host,
    followIri,
    since,
  });
  if (await store.receivedActivities.isUndone(followIri, actorIri)) {
    await store.followers.removeByFollow(followIri, actorIri);
    return;
  }
  await answer('Accept', username, activity, context);
};

/** The id follows from the Follow, so that a second run writes no second answer. */
async function answer(
  type: 'Accept' | 'Reject',
  username: string,
  { activityIri, actorIri, receivedAt: publishedAt }: IncomingActivity,
  { store, producer, iris }: InboxContext,
): Promise<void> {
  const activityId = deriveActivityId(type, username, activityIri);
  const published = formatPublished(publishedAt);
  const follow = { id: activityIri, actor: actorIri };
  const source = { activityId, username, published, follow, ...addressActors([actorIri]) };
  const draft = (type === 'Accept' ? buildAccept : buildReject)(source, iris);
  await store.activities.insertPending({
    activityId,
    type,
    actor: username,
    publishedAt,
    objectIri: activityIri,
    audience: { kind: 'actors', actorIris: [actorIri] },
    isPublic: false,
    draft,
  });
  await producer.enqueue(signActivity, activityId);
}
