import { createIris } from '@artdag/activitypub';
import { connectSigner } from '@artdag/keyring/remote';
import { createGuardedFetch } from '@artdag/peers';
import {
  deliverActivity,
  fanOutActivity,
  fetchPicture,
  processInboxActivity,
  resolveFollower,
} from '@artdag/queues';
import { connectBackends, startWork } from '@artdag/roles';
import type { Runtime, Service } from '@artdag/runtime';
import { createPeerResolver } from './actors/create-peer-resolver.ts';
import { createSignHop } from './actors/create-sign-hop.ts';
import { resolvePeer } from './actors/resolve-peer.ts';
import type { FederationConfig } from './config.ts';
import type { FederationContext } from './context.ts';
import { createHandlers } from './handlers.ts';
import { tracePeers } from './trace-peers.ts';

/** What a process or a test puts in the place of a part. */
export type FederationOverrides = Partial<Pick<FederationContext, 'keyring' | 'now' | 'random'>>;

/** What is there before anything is known of peers. */
type PeerContext = Omit<FederationContext, 'signHop' | 'resolver' | 'resolveActor'>;

/**
 * Starts a federation worker: one consumer for each handler, and the relay that finds lost work.
 *
 * @throws AppError `start-failed` where MongoDB cannot be reached or nothing signs.
 */
export async function createFederation(
  config: FederationConfig,
  runtime: Runtime,
  overrides: FederationOverrides = {},
): Promise<Service> {
  const { logger, metrics, tracing } = runtime;
  await using parts = new AsyncDisposableStack();
  const backends = parts.use(await connectBackends(config, runtime));
  const { store, producer } = backends;
  const base: PeerContext = {
    store,
    producer,
    keyring: overrides.keyring ?? parts.use(connectSigner(config.signing)),
    peers: tracePeers(parts.use(connectPeers(config)), tracing),
    iris: createIris(config.publicUrl),
    logger,
    metrics,
    now: overrides.now ?? (() => new Date()),
    random: overrides.random ?? Math.random,
  };
  const signHop = createSignHop(config.firstUser, base);
  const resolver = createPeerResolver({ ...base, signHop }, config);
  const context: FederationContext = {
    ...base,
    signHop,
    resolver,
    resolveActor: (actorIri) => resolvePeer(actorIri, { store, resolver }),
  };

  const { checks } = parts.use(
    startWork(backends, {
      served: createHandlers(context, config),
      sources: [
        { contract: fanOutActivity, outbox: store.activities.outbox },
        { contract: deliverActivity, outbox: store.deliveries.outbox },
        { contract: processInboxActivity, outbox: store.receivedActivities.outbox },
        { contract: resolveFollower, outbox: store.followers.outbox },
        { contract: fetchPicture, outbox: store.assets.outbox },
      ],
    }),
  );
  logger.info('federation ready');
  const started = parts.move();
  return { checks, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

function connectPeers({ publicUrl, allowedHosts }: FederationConfig) {
  return createGuardedFetch({ userAgent: `ArtDAG (+${publicUrl}/)`, allowedHosts });
}
