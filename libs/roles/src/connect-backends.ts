import {
  type ConsumerOptions,
  createProducer,
  loadJobTelemetry,
  type Producer,
} from '@artdag/queues';
import {
  createCommandObserver,
  createQueueObserver,
  type ProcessConfig,
  type Runtime,
} from '@artdag/runtime';
import { connectStore, type Store } from '@artdag/store';

/** MongoDB and Redis as every role has them: measured and, where traces are kept, traced. */
export interface Backends extends AsyncDisposable {
  readonly store: Store;
  readonly producer: Producer;
  /** What everything that has to do with queues is made from. */
  readonly queues: Pick<ConsumerOptions, 'redisUrl' | 'prefix' | 'commands' | 'telemetry'>;
  /** Counts what happens on queues. */
  readonly observer: ReturnType<typeof createQueueObserver>;
}

/** Where the stores are. */
export interface BackendsConfig extends Pick<ProcessConfig, 'queuePrefix'> {
  readonly mongodbUrl: string;
  readonly redisUrl: string;
}

/**
 * Connects to the stores. Redis may be away.
 *
 * @throws AppError `start-failed` where MongoDB cannot be reached.
 */
export async function connectBackends(
  { mongodbUrl, redisUrl, queuePrefix }: BackendsConfig,
  { logger, metrics, tracing }: Runtime,
): Promise<Backends> {
  await using parts = new AsyncDisposableStack();
  const store = parts.use(
    await connectStore(mongodbUrl, createCommandObserver(metrics, 'mongodb')),
  );
  const queues = {
    redisUrl,
    prefix: queuePrefix,
    commands: createCommandObserver(metrics, 'redis'),
    telemetry: tracing && (await loadJobTelemetry()),
  };
  const observer = createQueueObserver(metrics, logger);
  const producer = parts.use(createProducer({ ...queues, observer }));
  const connected = parts.move();
  return {
    store,
    producer,
    queues,
    observer,
    [Symbol.asyncDispose]: () => connected.disposeAsync(),
  };
}
