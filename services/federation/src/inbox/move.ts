import { addressActors, buildFollow, deriveActivityId } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { signActivity } from '@artdag/queues';
import { formatPublished } from '@artdag/registry';
import { getMember } from '@artdag/signatures';
import {
  type InboxContext,
  type InboxHandler,
  type IncomingActivity,
  iriOf,
} from './incoming-activity.ts';

/**
 * Follows an actor to where he has moved, if the new actor says that he was the old one: else
 * anybody could hand his followers to somebody who does not want them.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7628/fep-7628.md
 */
export const handleMove: InboxHandler = async (activity, context) => {
  const { actorIri, objectIri, document } = activity;
  const targetIri = iriOf(getMember(document, 'target'));
  if (objectIri !== actorIri || targetIri === undefined || targetIri === actorIri) return;
  if (context.iris.usernameOf(targetIri) !== undefined) return;
  if (!(await context.store.following.isFollowed(actorIri))) return;
  if (!(await isAlias(targetIri, actorIri, context))) return;
  for await (const { username } of context.store.following.byActor(actorIri)) {
    await follow(username, targetIri, activity, context);
  }
};

async function isAlias(
  targetIri: string,
  actorIri: string,
  { resolver, fetch }: InboxContext,
): Promise<boolean> {
  const target = await resolver.resolveActor(targetIri, { forceRefresh: true, fetch });
  if (target.ok) return target.actor.alsoKnownAs.includes(actorIri);
  if (!target.canRetry) return false;
  throw new AppError('unavailable', 'The new actor of a Move cannot be asked now.');
}

/** The id follows from the Move, so that a second run writes no second Follow. */
async function follow(
  username: string,
  targetIri: string,
  { activityIri, receivedAt: publishedAt }: IncomingActivity,
  { store, producer, iris }: InboxContext,
): Promise<void> {
  if (await store.following.find(username, targetIri)) return;
  const activityId = deriveActivityId('Follow', username, targetIri, activityIri);
  const published = formatPublished(publishedAt);
  const addressees = addressActors([targetIri]);
  await store.activities.insertPending({
    activityId,
    type: 'Follow',
    actor: username,
    publishedAt,
    objectIri: targetIri,
    audience: { kind: 'actors', actorIris: [targetIri] },
    isPublic: false,
    draft: buildFollow(
      { activityId, username, published, actorIri: targetIri, ...addressees },
      iris,
    ),
  });
  await producer.enqueue(signActivity, activityId);
}
