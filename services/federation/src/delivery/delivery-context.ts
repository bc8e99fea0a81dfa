import type { FederationContext } from '../context.ts';
import { type BriefCache, createBriefCache } from './brief-cache.ts';
import { createHostSlots, type HostSlots } from './host-slots.ts';
import { createKnownHosts, type KnownHosts } from './known-hosts.ts';

/** What deliveries of one worker share. */
export interface DeliveryContext extends FederationContext {
  readonly hosts: KnownHosts;
  readonly slots: HostSlots;
  /** The bytes of an activity, which are the same at each try. */
  readonly bodies: BriefCache<Buffer | undefined>;
}

const BODY_TTL_MS = 60_000;
const MAX_BODIES = 200;

/** Makes a {@link DeliveryContext} for `total` deliveries at once. */
export function createDeliveryContext(context: FederationContext, total: number): DeliveryContext {
  const { store, now, random } = context;
  return {
    ...context,
    hosts: createKnownHosts(context),
    slots: createHostSlots({ total, now, random }),
    bodies: createBriefCache<Buffer | undefined>(
      async (activityId) => {
        const text =
          (await store.activities.find(activityId))?.text ??
          (await store.receivedActivities.find(activityId))?.body;
        return text === undefined ? undefined : Buffer.from(text);
      },
      { ttlMs: BODY_TTL_MS, capacity: MAX_BODIES, now },
    ),
  };
}
