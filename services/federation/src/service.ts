import { createIris } from '@artdag/activitypub';
import { createHealthChecks } from '@artdag/diagnostics';
import { connectSigner } from '@artdag/keyring/remote';
import { createGuardedFetch } from '@artdag/peers';
import {
  createConsumer,
  createProducer,
  createQueueInspector,
  deliverActivity,
  fanOutActivity,
  fetchPicture,
  loadJobTelemetry,
  processInboxActivity,
  resolveFollower,
  startRelay,
} from '@artdag/queues';
import {
  createCommandObserver,
  createQueueObserver,
  type HealthCheck,
  type Runtime,
  type Service,
} from '@artdag/runtime';
import { connectStore, isStoreUnavailable } from '@artdag/store';
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
  { logger, metrics, tracing }: Runtime,
  overrides: FederationOverrides = {},
): Promise<Service> {
  await using parts = new AsyncDisposableStack();
  const observer = createQueueObserver(metrics, logger);
  const store = parts.use(
    await connectStore(config.mongodbUrl, createCommandObserver(metrics, 'mongodb')),
  );
  const queues = {
    redisUrl: config.redisUrl,
    prefix: config.queuePrefix,
    commands: createCommandObserver(metrics, 'redis'),
    telemetry: tracing && (await loadJobTelemetry()),
  };
  const producer = parts.use(createProducer({ ...queues, observer }));
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

  const shared = { ...queues, isOutage: isStoreUnavailable, observer };
  const handlers = createHandlers(context, config);
  const consumers = handlers.map(({ handler, ...own }) =>
    parts.use(createConsumer(handler, { ...shared, ...own })),
  );
  const sources = [
    { contract: fanOutActivity, outbox: store.activities.outbox },
    { contract: deliverActivity, outbox: store.deliveries.outbox },
    { contract: processInboxActivity, outbox: store.receivedActivities.outbox },
    { contract: resolveFollower, outbox: store.followers.outbox },
    { contract: fetchPicture, outbox: store.assets.outbox },
  ];
  parts.use(startRelay({ ...queues, sources, producer, observer }));

  const checks: HealthCheck[] = [
    { name: 'mongodb', check: () => store.ping() },
    { name: 'redis', check: () => producer.ping() },
    ...consumers.map((consumer) => ({ name: 'queue', check: () => consumer.check() })),
    ...createHealthChecks({
      store,
      inspector: parts.use(createQueueInspector(queues)),
      contracts: handlers.map(({ handler }) => handler.contract),
      isWorker: true,
      now: () => new Date(),
    }),
  ];
  logger.info('federation ready');
  const started = parts.move();
  return { checks, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

function connectPeers({ publicUrl, allowedHosts }: FederationConfig) {
  return createGuardedFetch({ userAgent: `ArtDAG (+${publicUrl}/)`, allowedHosts });
}
