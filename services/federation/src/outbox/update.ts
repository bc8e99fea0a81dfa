import type { LocalEffect } from './local-effect.ts';

/** Makes the actor what the Update says he is. */
export const applyUpdate: LocalEffect = async ({ actor, profile, publishedAt }, { store }) => {
  if (profile) await store.users.setProfile(actor, profile, publishedAt);
};
