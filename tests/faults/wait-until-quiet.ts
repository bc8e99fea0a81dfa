import type { Store } from '@artdag/store';
import { waitFor } from '@artdag/testing';

const FAR_FUTURE = new Date('9999-01-01');
const SETTLE_MS = 45_000;

/** No promise of federation is open any more, but deliveries to other hosts than these. */
export async function waitUntilQuiet(
  store: Store,
  hosts: readonly string[],
  withinMs = SETTLE_MS,
): Promise<void> {
  const { assets, activities, receivedActivities, deliveries } = store;
  const promises = [
    { outbox: receivedActivities.outbox, kind: 'process-inbox-activity' },
    { outbox: assets.outbox, kind: 'sign-activity' },
    { outbox: activities.outbox, kind: 'sign-activity' },
    { outbox: activities.outbox, kind: 'fan-out-activity' },
  ];
  for (const { outbox, kind } of promises) {
    await waitFor(
      `no promise of ${kind} is open`,
      async () => (await outbox.due(kind, FAR_FUTURE, 1)).length === 0,
      withinMs,
    );
  }
  await waitFor(
    'no delivery is pending',
    async () => (await deliveries.backlogsOf(hosts)).length === 0,
    withinMs,
  );
}
