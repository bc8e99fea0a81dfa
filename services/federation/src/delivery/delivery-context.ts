import type { FederationContext } from '../context.ts';
import { type BriefCache, createBriefCache } from './brief-cache.ts';
import { createFollowersNews, type FollowersNews } from './followers-news.ts';
import { createHostSlots, type HostSlots } from './host-slots.ts';
import { createKnownHosts, type KnownHosts } from './known-hosts.ts';

/** What deliveries of one worker share. */
export interface DeliveryContext extends FederationContext {
  readonly hosts: KnownHosts;
  readonly slots: HostSlots;
  readonly bodies: BriefCache<OutgoingBody | undefined>;
  readonly followersNews: FollowersNews;
}

/** What is posted of an activity, which is the same at each try. */
export interface OutgoingBody {
  readonly bytes: Buffer;
  /** It is a Create of ours for followers: the time to say whom we take for one. */
  readonly isForFollowers: boolean;
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
    bodies: createBriefCache<OutgoingBody | undefined>(
      (activityId) => findBody(activityId, store),
      {
        ttlMs: BODY_TTL_MS,
        capacity: MAX_BODIES,
        now,
      },
    ),
    followersNews: createFollowersNews(context),
  };
}

async function findBody(
  activityId: string,
  { activities, receivedActivities }: DeliveryContext['store'],
): Promise<OutgoingBody | undefined> {
  const own = await activities.find(activityId);
  const text = own?.text ?? (await receivedActivities.find(activityId))?.body;
  if (text === undefined) return undefined;
  const isForFollowers = own?.type === 'Create' && own.audience.kind === 'followers';
  return { bytes: Buffer.from(text), isForFollowers };
}
