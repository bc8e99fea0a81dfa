import { createIris } from '@artdag/activitypub';
import { createHealthChecks } from '@artdag/diagnostics';
import { createFileKeyring, type Keyring } from '@artdag/keyring';
import {
  createConsumer,
  createKeys,
  createProducer,
  createQueueInspector,
  loadJobTelemetry,
  signActivity,
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
import type { SignerConfig } from './config.ts';
import type { SignerContext } from './context.ts';
import { createKeysHandler } from './jobs/create-keys.ts';
import { signActivityHandler } from './jobs/sign-activity.ts';
import { startSigningPort } from './signing-port/start-signing-port.ts';

/** A running signer. */
export interface Signer extends Service {
  /** Signs for services of the same process, which need no signing port. */
  readonly keyring: Pick<Keyring, 'sign'>;
}

/**
 * Starts a signer: two workers, and the relay that finds lost work of theirs.
 *
 * @throws AppError `start-failed` where MongoDB cannot be reached.
 */
export async function createSigner(
  config: SignerConfig,
  { logger, metrics, tracing }: Runtime,
): Promise<Signer> {
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
  const context: SignerContext = {
    store,
    producer,
    keyring: createFileKeyring({
      directory: config.keyDirectory,
      onWarning: (message) => logger.warn(message),
    }),
    iris: createIris(config.publicUrl),
    now: () => new Date(),
  };

  const shared = { ...queues, isOutage: isStoreUnavailable, observer };
  const consumers = [
    parts.use(createConsumer(createKeysHandler(context), shared)),
    parts.use(
      createConsumer(signActivityHandler(context), { ...shared, concurrency: config.concurrency }),
    ),
  ];
  const sources = [
    { contract: createKeys, outbox: store.users.outbox },
    { contract: signActivity, outbox: store.assets.outbox },
    { contract: signActivity, outbox: store.activities.outbox },
  ];
  parts.use(startRelay({ ...queues, sources, producer, observer }));

  if (config.signingPort) {
    parts.use(await startSigningPort({ ...config.signingPort, keyring: context.keyring }));
  }

  const checks: HealthCheck[] = [
    { name: 'mongodb', check: () => store.ping() },
    { name: 'redis', check: () => producer.ping() },
    ...consumers.map((consumer) => ({ name: 'queue', check: () => consumer.check() })),
    ...createHealthChecks({
      store,
      inspector: parts.use(createQueueInspector(queues)),
      contracts: [createKeys, signActivity],
      isWorker: true,
      now: context.now,
    }),
  ];
  logger.info('signer ready');
  const started = parts.move();
  const { keyring } = context;
  return { checks, keyring, [Symbol.asyncDispose]: () => started.disposeAsync() };
}
