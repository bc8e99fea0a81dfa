import type { InboxHandler } from './incoming-activity.ts';

/**
 * Forgets an actor who is gone, or takes back what he did. Nobody can delete for another: all that
 * is removed is found by the actor who has signed.
 *
 * @see https://www.w3.org/TR/activitypub/#delete-activity-inbox
 */
export const handleDelete: InboxHandler = async ({ actorIri, objectIri }, { store }) => {
  if (objectIri === undefined) return;
  if (objectIri !== actorIri) {
    await store.reactions.removeByActivity(objectIri, actorIri);
    return;
  }
  await store.followers.removeActor(actorIri);
  await store.following.removeActor(actorIri);
  await store.reactions.removeActor(actorIri);
  await store.remoteActors.markGone(actorIri);
};
