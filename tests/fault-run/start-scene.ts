import {
  type ProcessServer,
  startMongoServer,
  startRedisServer,
  startTcpProxy,
  type TcpProxy,
} from '@artdag/testing';
import { type FederationScene, startFederationScene } from '../faults/federation-scene.ts';
import { type LoopbackPeer, startLoopbackPeer } from '../faults/loopback-peer.ts';
import type { Registration } from '../faults/register.ts';
import { type L1, startL1 } from '../l1/start-l1.ts';

/** Every role twice, on stores of its own that it reaches through proxies. */
export interface Scene extends AsyncDisposable {
  readonly mongodb: ProcessServer;
  readonly redis: ProcessServer;
  readonly proxies: { readonly mongodb: TcpProxy; readonly redis: TcpProxy };
  readonly federation: FederationScene;
  /** Hosts that faults leave alone: what is delivered to them has to arrive. */
  readonly healthy: readonly string[];
  /** The others. */
  readonly frail: readonly string[];
  /** Registrations by the author that many clients asked for at once. */
  readonly copied: Registration[];
  /** A peer whose keys change. */
  readonly changeable: LoopbackPeer;
  /** Whose runs are registered. */
  readonly l1: L1;
}

const HOSTS = 8;
const FRAIL_HOSTS = 2;
/** What takes longer than this is a time-out, so that an L1 that hangs is met with one in a short run. */
const L1_TIMEOUT_S = 3;

/** Starts a scene. */
export async function startScene(): Promise<Scene> {
  await using parts = new AsyncDisposableStack();
  const mongodb = parts.use(await startMongoServer());
  const redis = parts.use(await startRedisServer());
  const proxies = {
    mongodb: parts.use(await startTcpProxy(mongodb.url)),
    redis: parts.use(await startTcpProxy(redis.url)),
  };
  const changeable = parts.use(await startLoopbackPeer());
  const l1 = parts.use(await startL1());
  const federation = parts.use(
    await startFederationScene({
      mongodbUrl: mongodb.url,
      redisUrl: redis.url,
      gateways: 2,
      signers: 2,
      federations: 2,
      l1Syncs: 2,
      gatewayProxies: proxies,
      signerProxies: proxies,
      federationProxies: proxies,
      l1SyncProxies: proxies,
      hosts: HOSTS,
      peers: [changeable.host],
      env: { L1_SERVERS: l1.url, ARTDAG_L1_TIMEOUT_SECONDS: String(L1_TIMEOUT_S) },
    }),
  );
  const started = parts.move();
  const { hosts } = federation.sinks;
  return {
    mongodb,
    redis,
    proxies,
    federation,
    healthy: hosts.slice(FRAIL_HOSTS),
    frail: hosts.slice(0, FRAIL_HOSTS),
    copied: [],
    changeable,
    l1,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
