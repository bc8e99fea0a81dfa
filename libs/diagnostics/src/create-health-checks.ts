import type { QueueContract, QueueInspector } from '@artdag/queues';
import { createBriefCache, type HealthCheck } from '@artdag/runtime';
import type { Store } from '@artdag/store';
import type { Finding } from './finding.ts';
import { judgeClock, readClock } from './judge-clock.ts';
import { judgeRelay, judgeWorkers } from './judge-queues.ts';

/** What {@link createHealthChecks} asks, and for whom. */
export interface HealthSources {
  readonly store: Pick<Store, 'inspectServer'>;
  readonly inspector: Pick<QueueInspector, 'inspect' | 'inspectRedis'>;
  /** Queues that the role serves or waits for. */
  readonly contracts: readonly QueueContract[];
  /** Whether the role serves these queues itself: then it cannot do its work without a worker. */
  readonly isWorker: boolean;
  readonly now: () => Date;
}

/** Load balancers ask often, and strangers may. */
const SHARED = { ttlMs: 1000, maxEntries: 1 };

/**
 * The checks of `/health/ready` that look beyond the process: a queue without a worker, a clock that
 * is wrong, a relay that finds more than usual.
 *
 * A gateway takes requests in safely through all of these, and would go down as a whole if they
 * made it unready: they are named and no more. So is the relay for workers, which would else hold
 * up the rolling restart that is to help.
 */
export function createHealthChecks(sources: HealthSources): HealthCheck[] {
  const { contracts, inspector, isWorker } = sources;
  const reports = createBriefCache(() => Promise.all(contracts.map(inspector.inspect)), SHARED);
  const clock = createBriefCache(() => checkClock(sources), SHARED);
  return [
    {
      name: 'queue-workers',
      onlyWarns: !isWorker,
      check: async () => expectWell(judgeWorkers(await reports.get(''))),
    },
    { name: 'clock', onlyWarns: !isWorker, check: async () => expectWell(await clock.get('')) },
    {
      name: 'relay',
      onlyWarns: true,
      check: async () => expectWell(judgeRelay(await reports.get(''))),
    },
  ];
}

async function checkClock({ store, inspector, now }: HealthSources): Promise<Finding> {
  return judgeClock(
    await Promise.all([
      readClock('Redis', async () => (await inspector.inspectRedis()).time, now),
      readClock('MongoDB', async () => (await store.inspectServer()).time, now),
    ]),
  );
}

/** A warning about the clock is for `doctor`; what stops work counts here, and an odd relay. */
function expectWell({ check, state, finding }: Finding): void {
  if (state === 'failure' || (state === 'warning' && check === 'relay')) throw new Error(finding);
}
