import type { QueueReport } from '@artdag/queues';
import { createBriefCache, sampleGaugeIn } from '@artdag/runtime';
import type { GatewayContext } from '../context.ts';

/** One scrape, or several at the same time, ask Redis once. */
const SHARED = { ttlMs: 1000, maxEntries: 1 };

/**
 * Exports how every queue and Redis itself stand. The gateway does it for all roles, as it is there
 * also while a queue has no worker.
 */
export function exportQueues({
  inspector,
  metrics,
}: Pick<GatewayContext, 'inspector' | 'metrics'>): void {
  const reports = createBriefCache(() => inspector.inspectAll(), SHARED);
  const facts = createBriefCache(() => inspector.inspectRedis(), SHARED);
  const perQueue = async (read: (report: QueueReport) => number) =>
    (await reports.get('queues')).map((report) => ({
      labels: { queue: report.name },
      value: read(report),
    }));

  sampleGaugeIn(metrics, 'artdag_queue_jobs', async () =>
    (await reports.get('queues')).flatMap(({ name: queue, counts }) =>
      Object.entries(counts).map(([state, value]) => ({ labels: { queue, state }, value })),
    ),
  );
  sampleGaugeIn(metrics, 'artdag_queue_oldest_wait_seconds', () =>
    perQueue(({ oldestWaitingMs }) => oldestWaitingMs / 1000),
  );
  sampleGaugeIn(metrics, 'artdag_queue_workers', () => perQueue(({ workers }) => workers));
  sampleGaugeIn(metrics, 'artdag_redis_memory_ratio', async () => {
    const { memoryShare } = await facts.get('redis');
    return [{ labels: {}, value: memoryShare }];
  });
  sampleGaugeIn(metrics, 'artdag_redis_safe', async () => {
    const { evictionPolicy, isPersistent } = await facts.get('redis');
    return [
      { labels: { rule: 'noeviction' }, value: Number(evictionPolicy === 'noeviction') },
      { labels: { rule: 'append-only' }, value: Number(isPersistent) },
    ];
  });
}
