import { setTimeout as delay } from 'node:timers/promises';
import type { QueueContract } from './contracts/queue-contract.ts';
import type { JobTelemetry } from './job-telemetry.ts';
import type { Producer } from './producer.ts';
import type { WorkOutbox } from './work-outbox.ts';

/** Promised work of one kind, and where it stands. */
export interface RelaySource {
  readonly contract: QueueContract;
  readonly outbox: WorkOutbox;
}

/** How a relay is made. */
export interface RelayOptions {
  readonly sources: readonly RelaySource[];
  readonly producer: Pick<Producer, 'relay'>;
  /** Told of lost jobs that were put back, and of each round that failed. */
  readonly observer: RelayObserver;
  /** Where traces are kept, work that is put back goes on with the trace it was promised in. */
  readonly telemetry?: JobTelemetry | undefined;
  readonly now?: () => Date;
}

/** Who hears what a relay does. */
export interface RelayObserver {
  relayed(queue: string, count: number): void;
  relayFailed(queue: string, error: unknown): void;
}

const INTERVAL_MS = 1000;
const MIN_AGE_MS = 2000;
const REPEAT_MS = 10_000;
const BATCH = 1000;

/**
 * Finds promised work that a crash, an outage or an emptied Redis has lost, and enqueues it again.
 *
 * It looks every second for promises older than 2 s. It runs in every replica: what it does twice
 * has no second effect.
 */
export function startRelay(options: RelayOptions): AsyncDisposable {
  const stop = new AbortController();
  const loops = options.sources.map((source) => runLoop(source, options, stop.signal));
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all(loops);
    },
  };
}

async function runLoop(
  source: RelaySource,
  options: RelayOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await relayOnce(source, options);
    await delay(INTERVAL_MS * (0.8 + 0.4 * Math.random()), undefined, { signal }).catch(
      () => undefined,
    );
  }
}

/** One round of the relay over one source. */
export async function relayOnce(
  { contract, outbox }: RelaySource,
  options: RelayOptions,
): Promise<void> {
  const now = (options.now ?? (() => new Date()))();
  try {
    const ids = await outbox.due(contract.name, new Date(now.getTime() - MIN_AGE_MS), BATCH);
    if (ids.length === 0) return;
    const traces = options.telemetry && (await outbox.traces(contract.name, ids));
    const lost = await options.producer.relay(contract, ids, traces);
    await outbox.postpone(contract.name, ids, new Date(now.getTime() + REPEAT_MS - MIN_AGE_MS));
    if (lost > 0) options.observer.relayed(contract.name, lost);
  } catch (error) {
    options.observer.relayFailed(contract.name, error);
  }
}
