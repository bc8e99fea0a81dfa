import { deliverActivity, type JobHandler } from '@artdag/queues';
import type { FederationContext } from '../context.ts';

/** Handles the queue `deliver-activity`. */
export function deliverActivityHandler({
  store,
  now,
}: FederationContext): JobHandler<typeof deliverActivity.schema> {
  return {
    contract: deliverActivity,
    outbox: store.deliveries.outbox,
    process: async () => undefined,
    setAside: ({ deliveryId }, reason) =>
      store.deliveries.end(deliveryId, 'failed', { at: now(), error: reason }),
  };
}
