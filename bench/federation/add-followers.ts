import { hostOfIri } from '@artdag/registry';
import type { FollowerDocument, Store } from '@artdag/store';

/** A follower on a host of the sink. */
export interface BenchFollower {
  readonly id: string;
  readonly inbox: string;
}

const CHUNK = 1000;
/** Addresses that the followers live at: every one of the loopback network is a host of its own. */
const MAX_HOSTS = 250;

/** `count` followers at `port`, each with an inbox of his own, on up to 250 hosts. */
export function followersAt(port: number, count: number): BenchFollower[] {
  return Array.from({ length: count }, (_, number) => {
    const origin = `http://127.0.1.${(number % MAX_HOSTS) + 1}:${port}`;
    const path = `/users/${Math.floor(number / MAX_HOSTS)}`;
    return { id: `${origin}${path}`, inbox: `${origin}${path}/inbox` };
  });
}

/** The hosts of these followers, each once. */
export function hostsOf(followers: readonly BenchFollower[]): string[] {
  return [...new Set(followers.map(({ inbox }) => hostOfIri(inbox) ?? ''))];
}

/** Lets all of them follow a user. */
export async function addFollowers(
  username: string,
  followers: readonly BenchFollower[],
  store: Store,
): Promise<void> {
  const documents = followers.map(({ id, inbox }): FollowerDocument => {
    return {
      _id: `${username} ${id}`,
      username,
      actorIri: id,
      inbox,
      deliveryInbox: inbox,
      host: hostOfIri(inbox) ?? '',
      followIri: `${id}/follow`,
      since: new Date(),
    };
  });
  for (let start = 0; start < documents.length; start += CHUNK)
    await store.documents.followers.insertMissing(documents.slice(start, start + CHUNK));
}
