import type { LocalEffect } from './local-effect.ts';

/** Takes a claim back. */
export const applyDelete: LocalEffect = async (activity, { store }) => {
  const { actor, takesBack, publishedAt } = activity;
  const claim = takesBack === undefined ? undefined : await store.activities.find(takesBack);
  if (claim?.type !== 'Create' || claim.actor !== actor) return;
  await store.activities.withdraw(claim.activityId, publishedAt);
  await store.assets.withdraw(claim.activityId);
};
