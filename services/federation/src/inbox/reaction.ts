import type { InboxContext, InboxHandler, IncomingActivity } from './incoming-activity.ts';

/**
 * Counts a like of an object of ours.
 *
 * @see https://www.w3.org/TR/activitypub/#like-activity-inbox
 */
export const handleLike: InboxHandler = (activity, context) => react('like', activity, context);

/**
 * Counts a share of an object of ours.
 *
 * @see https://www.w3.org/TR/activitypub/#announce-activity-inbox
 */
export const handleAnnounce: InboxHandler = (activity, context) =>
  react('share', activity, context);

async function react(
  kind: 'like' | 'share',
  { activityIri, actorIri, objectIri = '', receivedAt: at }: IncomingActivity,
  { store, iris }: InboxContext,
): Promise<undefined> {
  const contentHash = iris.contentHashOf(objectIri);
  if (contentHash === undefined) return;
  if (!(await store.activities.findEarliestCreate(contentHash))) return;
  await store.reactions.put({ kind, actorIri, objectIri, activityIri, at });
  if (await store.receivedActivities.isUndone(activityIri, actorIri))
    await store.reactions.removeByActivity(activityIri, actorIri);
}
