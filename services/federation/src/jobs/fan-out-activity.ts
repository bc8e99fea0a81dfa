import { fanOutActivity, type JobHandler } from '@artdag/queues';
import type { FederationContext } from '../context.ts';

/** Handles the queue `fan-out-activity`. */
export function fanOutActivityHandler({
  store,
  now,
}: FederationContext): JobHandler<typeof fanOutActivity.schema> {
  return {
    contract: fanOutActivity,
    outbox: store.activities.outbox,
    process: async () => undefined,
    setAside: ({ activityId }, reason) =>
      store.activities.giveUp(activityId, fanOutActivity.name, reason, now()),
  };
}
