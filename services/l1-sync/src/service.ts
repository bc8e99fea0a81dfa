import { createIris } from '@artdag/activitypub';
import { connectSigner } from '@artdag/keyring/remote';
import { notifyL1, recordRun, reportRun } from '@artdag/queues';
import { connectBackends, startWork } from '@artdag/roles';
import type { Runtime, Service } from '@artdag/runtime';
import type { L1SyncConfig } from './config.ts';
import type { L1SyncContext } from './context.ts';
import { checkRunHandler } from './jobs/check-run.ts';
import { notifyL1Handler } from './jobs/notify-l1.ts';
import { recordRunHandler } from './jobs/record-run.ts';
import { reportRunHandler } from './jobs/report-run.ts';
import { createL1Client } from './l1-client/l1-client.ts';
import { createL1Gate } from './l1-client/l1-gate.ts';

/** What a process or a test puts in the place of a part. */
export type L1SyncOverrides = Partial<Pick<L1SyncContext, 'keyring' | 'now' | 'random'>>;

/** Of all questions at once, those that one L1 may have where there are several. */
const SHARE_OF_ONE_L1 = 1 / 2;

/**
 * Starts an L1-sync worker: a consumer for each of its queues, and the relay that finds lost work.
 *
 * @throws AppError `start-failed` where MongoDB cannot be reached or nothing signs.
 */
export async function createL1Sync(
  config: L1SyncConfig,
  runtime: Runtime,
  overrides: L1SyncOverrides = {},
): Promise<Service> {
  const { logger, metrics } = runtime;
  await using parts = new AsyncDisposableStack();
  const backends = parts.use(await connectBackends(config, runtime));
  const { store, producer } = backends;
  await store.l1Servers.ensure(config.l1Servers);
  const now = overrides.now ?? (() => new Date());
  const random = overrides.random ?? Math.random;
  const context: L1SyncContext = {
    store,
    producer,
    l1: parts.use(
      createL1Client({
        l1Servers: config.l1Servers,
        userAgent: `ArtDAG (+${config.publicUrl}/)`,
        timeoutMs: config.timeoutMs,
      }),
    ),
    gate: createL1Gate({
      l1Servers: store.l1Servers,
      places: placesOf(config),
      now,
      random,
    }),
    keyring: overrides.keyring ?? parts.use(connectSigner(config.signing)),
    iris: createIris(config.publicUrl),
    patienceMs: config.patienceMs,
    logger,
    metrics,
    now,
    random,
  };

  const { checks } = parts.use(
    startWork(backends, {
      served: [
        { handler: recordRunHandler(context), concurrency: config.concurrency },
        { handler: reportRunHandler(context) },
        { handler: notifyL1Handler(context) },
        { handler: checkRunHandler(context) },
      ],
      sources: [
        { contract: recordRun, outbox: store.runs.outbox },
        { contract: reportRun, outbox: store.runs.outbox },
        { contract: notifyL1, outbox: store.l1Notices.outbox },
      ],
      now,
    }),
  );
  logger.info('l1-sync ready');
  const started = parts.move();
  return { checks, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

/** A single L1 has all places; of several, none can hold them all. */
function placesOf({ l1Servers, concurrency }: L1SyncConfig): number {
  if (l1Servers.length < 2) return concurrency;
  return Math.max(1, Math.floor(concurrency * SHARE_OF_ONE_L1));
}
