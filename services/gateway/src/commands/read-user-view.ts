import type { User } from '@artdag/store';
import type { GatewayContext } from '../context.ts';
import type { UserView } from '../pages/user-page.ts';

const WORKS = 12;
const ACTIVITIES = 10;

/** What the page of a user shows. */
export async function readUserView(
  user: User,
  { store, config }: Pick<GatewayContext, 'store' | 'config'>,
): Promise<UserView> {
  const { username } = user;
  const [works, activities, followers, following] = await Promise.all([
    store.assets.latest({ owner: username }, undefined, WORKS),
    config.authorizedFetch
      ? undefined
      : store.activities.pageByActor(username, undefined, ACTIVITIES),
    store.followers.count(username),
    store.following.count(username),
  ]);
  return { user, works, activities, followers, following };
}
