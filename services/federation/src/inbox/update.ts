import type { InboxHandler } from './incoming-activity.ts';

/**
 * Looks an actor up anew who says that he has changed. What the activity itself says of him is not
 * read, and of objects of peers nothing is kept that could change.
 *
 * @see https://www.w3.org/TR/activitypub/#update-activity-inbox
 */
export const handleUpdate: InboxHandler = async ({ actorIri, objectIri }, context) => {
  if (objectIri !== actorIri) return;
  await context.resolver.resolveActor(actorIri, { forceRefresh: true, fetch: context.fetch });
};
