import type { LocalEffect } from './local-effect.ts';

/** Ends a following, or takes a share back. */
export const applyUndo: LocalEffect = async (activity, { store, iris }) => {
  const { actor: username, objectIri, takesBack } = activity;
  const undone = takesBack === undefined ? undefined : await store.activities.find(takesBack);
  if (!undone || undone.actor !== username) return;
  const actorIri = iris.actor(username);
  const undoneIri = iris.activity(undone.activityId);
  if (undone.type === 'Announce') await store.reactions.removeByActivity(undoneIri, actorIri);
  if (undone.type !== 'Follow') return;
  await store.followers.removeByFollow(undoneIri, actorIri);
  const following = await store.following.find(username, objectIri);
  if (following?.followId === undone.activityId) await store.following.remove(username, objectIri);
};
