import { addressActors, buildUndo, deriveActivityId } from '@artdag/activitypub';
import { signActivity } from '@artdag/queues';
import { formatPublished } from '@artdag/registry';
import type { InboxContext, IncomingActivity } from './incoming-activity.ts';

/**
 * Tells an actor that a user of ours, whom his server takes for a follower, does not follow him: our
 * Undo must have got lost. Once a day for each of them, as the id follows from the day.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md#on-the-receiving-end
 */
export async function undoUnknownFollowing(
  username: string,
  { actorIri, receivedAt: publishedAt }: Pick<IncomingActivity, 'actorIri' | 'receivedAt'>,
  { store, producer, iris }: InboxContext,
): Promise<void> {
  const latest = await store.activities.findLatest(username, 'Follow', actorIri);
  // The id that a first Follow has.
  const followId = latest?.activityId ?? deriveActivityId('Follow', username, actorIri, '');
  const published = formatPublished(publishedAt);
  const activityId = deriveActivityId('Undo', followId, published.slice(0, 10));
  const undone = { type: 'Follow', activityId: followId, objectIri: actorIri } as const;
  const source = { activityId, username, published, undone, ...addressActors([actorIri]) };
  await store.activities.insertPending({
    activityId,
    type: 'Undo',
    actor: username,
    publishedAt,
    objectIri: actorIri,
    ...(latest && { takesBack: followId }),
    audience: { kind: 'actors', actorIris: [actorIri] },
    isPublic: false,
    draft: buildUndo(source, iris),
  });
  await producer.enqueue(signActivity, activityId);
}
