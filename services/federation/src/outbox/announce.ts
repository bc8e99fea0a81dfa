import type { LocalEffect } from './local-effect.ts';

/** Counts a share of an object of ours. */
export const applyAnnounce: LocalEffect = async (activity, { store, iris }) => {
  const { activityId, actor, objectIri, publishedAt: at } = activity;
  if (iris.contentHashOf(objectIri) === undefined) return;
  const activityIri = iris.activity(activityId);
  await store.reactions.put({
    kind: 'share',
    actorIri: iris.actor(actor),
    objectIri,
    activityIri,
    at,
  });
};
