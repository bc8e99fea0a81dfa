import { createBriefCache, sampleGaugeIn } from '@artdag/runtime';
import type { GatewayContext } from '../context.ts';

const RECENT_MS = 15 * 60_000;
const SHARED = { ttlMs: 10_000, maxEntries: 1 };

/** Exports how peers take deliveries, for all federation workers: what they learn is in the store. */
export function exportPeers({
  store,
  metrics,
  now,
}: Pick<GatewayContext, 'store' | 'metrics' | 'now'>): void {
  const census = createBriefCache(async () => {
    const time = now();
    return store.hosts.census(new Date(time.getTime() - RECENT_MS), time);
  }, SHARED);

  sampleGaugeIn(metrics, 'artdag_delivery_hosts', async () => {
    const { answering, failing } = await census.get('hosts');
    return [
      { labels: { state: 'answering' }, value: answering },
      { labels: { state: 'failing' }, value: failing },
    ];
  });
  sampleGaugeIn(metrics, 'artdag_breakers', async () => {
    const { open, halfOpen } = await census.get('hosts');
    return [
      { labels: { state: 'open' }, value: open },
      { labels: { state: 'half-open' }, value: halfOpen },
    ];
  });
}
