import { addressActors, buildFollow, deriveActivityId } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { formatPublished } from '@artdag/registry';
import {
  findPublication,
  type Publication,
  type PublishContext,
  publishActivity,
  timeAfter,
} from './publish-activity.ts';
import { undoActivity, undoIdOf } from './undo-activity.ts';

/** A wish of a user about an actor. */
export interface FollowWish {
  readonly username: string;
  readonly actorIri: string;
  readonly waitMs: number;
}

/**
 * Asks to follow an actor. While the last Follow stands, it is the answer; after an Undo or a
 * Reject the next one follows on it, so that of several at once all are the same.
 *
 * @throws AppError `validation-failed` where a user wants to follow himself.
 */
export async function followActor(
  { username, actorIri, waitMs }: FollowWish,
  context: PublishContext,
): Promise<Publication> {
  const { store, iris, now } = context;
  if (actorIri === iris.actor(username))
    throw new AppError('validation-failed', 'body/actor must be somebody else.');
  const latest = await store.activities.findLatest(username, 'Follow', actorIri);
  if (latest && (await stands(latest.activityId, username, actorIri, context)))
    return findPublication(latest.activityId, waitMs, context);
  const activityId = deriveActivityId('Follow', username, actorIri, latest?.activityId ?? '');
  const publishedAt = timeAfter(latest, now());
  const published = formatPublished(publishedAt);
  const draft = buildFollow(
    { activityId, username, published, actorIri, ...addressActors([actorIri]) },
    iris,
  );
  return publishActivity(
    {
      activityId,
      type: 'Follow',
      actor: username,
      publishedAt,
      objectIri: actorIri,
      draft,
      ...deliveryTo(actorIri),
    },
    waitMs,
    context,
  );
}

/**
 * Takes the last Follow of an actor back.
 *
 * @throws AppError `not-found` where there was none.
 */
export async function unfollowActor(
  { username, actorIri, waitMs }: FollowWish,
  context: PublishContext,
): Promise<Publication> {
  const latest = await context.store.activities.findLatest(username, 'Follow', actorIri);
  if (!latest) throw new AppError('not-found', 'You do not follow this actor.');
  const undoable = {
    ...latest,
    type: 'Follow',
    username,
    objectIri: actorIri,
    addressees: addressActors([actorIri]),
    delivery: deliveryTo(actorIri),
  } as const;
  return undoActivity(undoable, waitMs, context);
}

async function stands(
  followId: string,
  username: string,
  actorIri: string,
  { store }: PublishContext,
): Promise<boolean> {
  const [isUndone, following] = await Promise.all([
    store.activities.exists(undoIdOf(followId)),
    store.following.find(username, actorIri),
  ]);
  const isRejected = following?.followId === followId && following.state === 'rejected';
  return !isUndone && !isRejected;
}

function deliveryTo(actorIri: string) {
  return { audience: { kind: 'actors', actorIris: [actorIri] }, isPublic: false } as const;
}
