import type { InboxHandler } from './incoming-activity.ts';

/** Ends what is between an actor and a user of ours whom he blocks: neither follows the other. */
export const handleBlock: InboxHandler = async ({ actorIri, objectIri = '' }, { store, iris }) => {
  const username = iris.usernameOf(objectIri);
  if (username === undefined) return;
  await store.followers.remove(username, actorIri);
  await store.following.remove(username, actorIri);
};
