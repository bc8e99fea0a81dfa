import { hostOfIri } from '@artdag/registry';
import type { LocalEffect } from './local-effect.ts';

/** Records the wish to follow; a user of this server is followed at once. */
export const applyFollow: LocalEffect = async (activity, { store, iris }) => {
  const {
    activityId: followId,
    actor: username,
    objectIri: actorIri,
    publishedAt: since,
  } = activity;
  const known = await store.following.find(username, actorIri);
  // The answer may have come already.
  if (known?.followId === followId) return;
  const followed = iris.usernameOf(actorIri);
  const isOurs = followed !== undefined && (await store.users.find(followed)) !== undefined;
  const state = isOurs ? 'accepted' : 'requested';
  if (isOurs) {
    await store.followers.put({
      username: followed,
      actorIri: iris.actor(username),
      inbox: iris.inbox(username),
      deliveryInbox: iris.sharedInbox(),
      host: hostOfIri(iris.base) ?? '',
      followIri: iris.activity(followId),
      since,
    });
  }
  await store.following.put({ username, actorIri, followId, state, since });
};
