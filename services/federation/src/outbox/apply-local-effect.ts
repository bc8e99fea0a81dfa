import { applyAnnounce } from './announce.ts';
import { applyDelete } from './delete.ts';
import { applyFollow } from './follow.ts';
import type { LocalEffect } from './local-effect.ts';
import { applyUndo } from './undo.ts';
import { applyUpdate } from './update.ts';

/** Types that are not here change nothing: what a Create, an Accept or a Reject says is so already. */
const effects = new Map<string, LocalEffect>([
  ['Follow', applyFollow],
  ['Undo', applyUndo],
  ['Announce', applyAnnounce],
  ['Delete', applyDelete],
  ['Update', applyUpdate],
]);

/** Carries out here what a signed activity of ours says. */
export const applyLocalEffect: LocalEffect = async (activity, context) => {
  await effects.get(activity.type)?.(activity, context);
};
