import {
  type Constellation,
  type ConstellationOptions,
  freePort,
  startConstellation,
  waitFor,
} from '@artdag/testing';
import { get, signUp } from '../e2e/client.ts';
import { type Author, createAuthor } from './delivery-load.ts';
import { type InboxLoad, startInboxLoad } from './inbox-load.ts';
import { type LoopbackPeer, startLoopbackPeer } from './loopback-peer.ts';
import { type SinkHosts, startSinkHosts } from './sink-hosts.ts';

/** A federation between an author with his followers and a peer. */
export interface FederationScene extends AsyncDisposable {
  readonly constellation: Constellation;
  /** Followers of the author, on a host each. */
  readonly sinks: SinkHosts;
  readonly author: Author;
  readonly peer: LoopbackPeer;
  /** Waits until sinks have seen so many posts in all. */
  postsCome(count: number, withinMs?: number): Promise<unknown>;
  /**
   * Actors of the peer ask to follow a new user of that name, ten a second where nothing is said, at
   * each gateway in turn or at another address.
   */
  startFollows(username: string, perSecond?: number, gatewayUrl?: string): Promise<InboxLoad>;
}

/** What a scene is started from; what is left out is as in a constellation. */
export interface FederationSceneOptions
  extends Omit<ConstellationOptions, 'publicPort' | 'federations'> {
  /** Hosts of sinks. */
  readonly hosts: number;
  readonly federations?: number;
  /** More hosts that are talked to. */
  readonly peers?: readonly string[];
}

/** Starts the processes, and lets every host be met once: one that is new gets one post at a time. */
export async function startFederationScene({
  hosts,
  peers = [],
  env = {},
  ...options
}: FederationSceneOptions): Promise<FederationScene> {
  await using parts = new AsyncDisposableStack();
  const sinks = parts.use(await startSinkHosts(hosts));
  const peer = parts.use(await startLoopbackPeer());
  const constellation = parts.use(
    await startConstellation({
      federations: 1,
      ...options,
      publicPort: await freePort(),
      env: { ...env, ARTDAG_ALLOWED_HOSTS: [peer.host, ...peers, ...sinks.hosts].join() },
    }),
  );
  const { gateways } = constellation;
  const author = await createAuthor(sinks, constellation);
  const postsCome = (count: number, withinMs?: number) =>
    waitFor(`${count} posts`, () => sinks.posts.length >= count, withinMs);
  await author.publish(1);
  await postsCome(hosts);
  const started = parts.move();
  return {
    constellation,
    sinks,
    author,
    peer,
    postsCome,
    async startFollows(username, perSecond = 10, gatewayUrl) {
      const [{ url }, ...others] = gateways;
      const gatewayUrls: [string, ...string[]] =
        gatewayUrl === undefined ? [url, ...others.map((gateway) => gateway.url)] : [gatewayUrl];
      await signUp(url, username);
      const actor = await waitFor('keys', async () => {
        const { status, json } = await get(`${url}/users/${username}`);
        return status === 200 && json;
      });
      const load = startInboxLoad({ peer, actor, gatewayUrls, perSecond });
      await waitFor('an accepted Follow', () =>
        load.posted.some(({ answers }) => answers.at(-1)?.status === 202),
      );
      return load;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
