import type { Position, User } from '@artdag/store';
import type { GatewayContext } from '../context.ts';
import { presentAsset } from './present-asset.ts';

const PAGE_SIZE = 200;

/** All that is kept of a user as JSON text, read while it is sent; no secret is in it. */
export async function* streamAccount(
  user: User,
  { store }: Pick<GatewayContext, 'store'>,
): AsyncGenerator<string> {
  const { username } = user;
  const about = {
    username,
    display_name: user.displayName,
    summary: user.summary ?? null,
    email: user.email ?? null,
    role: user.role,
    created_at: user.createdAt.toISOString(),
  };
  yield `{"user":${JSON.stringify(about)},"works":[`;
  yield* joined(store.assets.stream({ owner: username }), presentAsset);
  yield '],"activities":[';
  const activities = (before: Position | undefined) =>
    store.activities.pageByActor(username, before, PAGE_SIZE);
  const placeOf = (activity: { publishedAt: Date; activityId: string }) => ({
    at: activity.publishedAt,
    id: activity.activityId,
  });
  yield* joined(readAll(activities, placeOf), ({ text }) => text);
  yield '],"followers":[';
  const followers = (before: Position | undefined) =>
    store.followers.page(username, before, PAGE_SIZE);
  const sinceOf = ({ since, actorIri }: { since: Date; actorIri: string }) => ({
    at: since,
    id: `${username} ${actorIri}`,
  });
  const textOf = ({ actorIri }: { actorIri: string }) => JSON.stringify(actorIri);
  yield* joined(readAll(followers, sinceOf), textOf);
  yield '],"following":[';
  const following = (before: Position | undefined) =>
    store.following.page(username, before, PAGE_SIZE);
  yield* joined(readAll(following, sinceOf), textOf);
  yield ']}';
}

async function* joined<T>(
  items: AsyncIterable<T>,
  textOf: (item: T) => string,
): AsyncGenerator<string> {
  let separator = '';
  for await (const item of items) {
    yield `${separator}${textOf(item)}`;
    separator = ',';
  }
}

async function* readAll<T>(
  page: (before: Position | undefined) => Promise<readonly T[]>,
  placeOf: (item: T) => Position,
): AsyncGenerator<T> {
  let before: Position | undefined;
  for (;;) {
    const items = await page(before);
    yield* items;
    const last = items.at(-1);
    if (!last || items.length < PAGE_SIZE) return;
    before = placeOf(last);
  }
}
