import { setTimeout as delay } from 'node:timers/promises';
import type { QueueContract } from './contracts/queue-contract.ts';
import type { Producer } from './producer.ts';
import type { WorkOutbox, WorkSweep } from './work-outbox.ts';

/** Promised work of one kind, and where it stands. */
export interface RelaySource {
  readonly contract: QueueContract;
  readonly outbox: WorkOutbox;
}

/** How a relay is made. */
export interface RelayOptions {
  readonly sources: readonly RelaySource[];
  readonly producer: Pick<Producer, 'findLost' | 'relay'>;
  /** Told of lost jobs that were put back, and of each round that failed. */
  readonly observer: RelayObserver;
  readonly now?: () => Date;
}

/** Who hears what a relay does. */
export interface RelayObserver {
  relayed(queue: string, count: number): void;
  relayFailed(queue: string, error: unknown): void;
}

const INTERVAL_MS = 1000;
const MIN_AGE_MS = 2000;
const SWEEP_EVERY_MS = 5000;
const BATCH = 1000;

/**
 * Finds promised work that a crash, an outage or an emptied Redis has lost, and enqueues it again.
 *
 * It runs in every replica: what it does twice has no second effect.
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
  await using round = createRelayRound(source, options);
  while (!signal.aborted) {
    await round.run();
    await delay(INTERVAL_MS * (0.8 + 0.4 * Math.random()), undefined, { signal }).catch(
      () => undefined,
    );
  }
}

/** One round after the other of the relay over one source. */
export interface RelayRound extends AsyncDisposable {
  /** Never rejects: a round that fails is told to the observer. */
  run(): Promise<void>;
}

/**
 * Each round looks at the promises that have come to be 2 s old since the last one, which is where a
 * crash leaves its traces. Every 5 s, and each time while something is found, it also goes on in a
 * sweep over all older ones.
 *
 * A backlog is promises, too, whose jobs are there. Looking at them costs one read of their ids and
 * of their jobs; nothing is written.
 */
export function createRelayRound(
  { contract, outbox }: RelaySource,
  options: RelayOptions,
): RelayRound {
  const now = options.now ?? (() => new Date());
  let seenUntil: Date | undefined;
  let sweep: WorkSweep | undefined;
  let sweepAt = 0;

  async function look(at: Date): Promise<void> {
    const before = new Date(at.getTime() - MIN_AGE_MS);
    if (seenUntil) await putBack(await outbox.due(contract.name, before, BATCH, seenUntil));
    if (at.getTime() >= sweepAt) {
      const lost = await putBack(await sweepOn(before));
      sweepAt = lost > 0 ? 0 : at.getTime() + SWEEP_EVERY_MS;
    }
    seenUntil = before;
  }

  async function sweepOn(before: Date): Promise<string[]> {
    sweep ??= outbox.sweep(contract.name, before, BATCH);
    const ids = await sweep.next();
    if (ids.length === 0) await endSweep();
    return ids;
  }

  async function endSweep(): Promise<void> {
    const ended = sweep;
    sweep = undefined;
    await ended?.[Symbol.asyncDispose]();
  }

  /** What has been kept since it was read is not lost, though its job has ended. */
  async function putBack(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const missing = await options.producer.findLost(contract, ids);
    if (missing.length === 0) return 0;
    const lost = await outbox.standing(contract.name, missing);
    if (lost.size === 0) return 0;
    await options.producer.relay(contract, lost);
    options.observer.relayed(contract.name, lost.size);
    return lost.size;
  }

  return {
    async run() {
      try {
        await look(now());
      } catch (error) {
        options.observer.relayFailed(contract.name, error);
        await endSweep().catch(() => undefined);
      }
    },
    [Symbol.asyncDispose]: () => endSweep().catch(() => undefined),
  };
}
