import { createHealthChecks } from '@artdag/diagnostics';
import { isSignerUnavailable } from '@artdag/keyring/remote';
import {
  createConsumer,
  createQueueInspector,
  type JobHandler,
  type RelaySource,
  startRelay,
} from '@artdag/queues';
import type { HealthCheck, Service } from '@artdag/runtime';
import { isStoreUnavailable } from '@artdag/store';
import type { Backends } from './connect-backends.ts';

/** The handler of one queue, and how many of its jobs run at once where a setting says so. */
export interface ServedQueue {
  readonly handler: JobHandler;
  readonly concurrency?: number;
}

/** What a worker works on. */
export interface Work {
  readonly served: readonly ServedQueue[];
  /** Where the relay looks for work that got lost. */
  readonly sources: readonly RelaySource[];
  readonly now?: () => Date;
}

/**
 * Starts one consumer for each queue, and the relay; with the checks that say whether all is well.
 *
 * Neither a store nor a signer that is away says anything about a work, so neither costs it a try.
 */
export function startWork(backends: Backends, { served, sources, now = readClock }: Work): Service {
  const { store, producer, queues, observer } = backends;
  const parts = new AsyncDisposableStack();
  const consumers = served.map(({ handler, ...own }) =>
    parts.use(createConsumer(handler, { ...queues, isOutage, observer, ...own })),
  );
  parts.use(startRelay({ sources, producer, observer }));
  const checks: HealthCheck[] = [
    { name: 'mongodb', check: () => store.ping() },
    { name: 'redis', check: () => producer.ping() },
    ...consumers.map((consumer) => ({ name: 'queue', check: () => consumer.check() })),
    ...createHealthChecks({
      store,
      inspector: parts.use(createQueueInspector(queues)),
      contracts: served.map(({ handler }) => handler.contract),
      isWorker: true,
      now,
    }),
  ];
  return { checks, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

const readClock = () => new Date();

function isOutage(error: unknown): boolean {
  return isStoreUnavailable(error) || isSignerUnavailable(error);
}
