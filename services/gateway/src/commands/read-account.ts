import type { RegisteredAsset } from '@artdag/registry';
import {
  encodeCursor,
  type ListedFollower,
  type Position,
  type SignedActivity,
} from '@artdag/store';
import type { GatewayContext } from '../context.ts';

/** An activity that some inboxes did not take. */
export interface Undelivered {
  readonly activity: SignedActivity;
  readonly count: number;
  readonly hosts: readonly string[];
}

/** What a user sees of his own doings. */
export interface AccountView {
  readonly username: string;
  readonly works: readonly RegisteredAsset[];
  readonly isFirst: boolean;
  readonly next: string | undefined;
  readonly undelivered: readonly Undelivered[];
  readonly followers: readonly ListedFollower[];
  readonly followerCount: number;
}

const WORKS = 50;
const ACTIVITIES = 10;
/** Deliveries are given up and forgotten long before, so older activities have none. */
const DELIVERED_WITHIN_MS = 30 * 86_400_000;
const DELIVERIES = 100;
const FOLLOWERS = 20;
const HOSTS = 3;

/** Reads a bounded part of everything, whatever a user has. */
export async function readAccount(
  username: string,
  before: Position | undefined,
  { store, now }: Pick<GatewayContext, 'store' | 'now'>,
): Promise<AccountView> {
  const since = new Date(now().getTime() - DELIVERED_WITHIN_MS);
  const [found, activities, followers, followerCount] = await Promise.all([
    store.assets.latest({ owner: username }, before, WORKS + 1),
    store.activities.newestByActor(username, since, ACTIVITIES),
    store.followers.page(username, undefined, FOLLOWERS),
    store.followers.count(username),
  ]);
  const works = found.slice(0, WORKS);
  const last = found.length > WORKS ? works.at(-1) : undefined;
  const next = last && encodeCursor({ at: last.registeredAt, id: last.name });
  const looked = await Promise.all(activities.map((activity) => findUndelivered(activity, store)));
  const undelivered = looked.filter(({ count }) => count > 0);
  const isFirst = before === undefined;
  return { username, works, isFirst, next, undelivered, followers, followerCount };
}

async function findUndelivered(
  activity: SignedActivity,
  { deliveries }: GatewayContext['store'],
): Promise<Undelivered> {
  const rows = await deliveries.listByActivity(activity.activityId, DELIVERIES);
  const failed = rows.filter(({ state }) => state === 'failed');
  const hosts = [...new Set(failed.map(({ host }) => host))].slice(0, HOSTS);
  return { activity, count: failed.length, hosts };
}
