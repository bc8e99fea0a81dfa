import type { JobOutcome } from '@artdag/queues';
import type { Delivery } from '@artdag/store';
import type { Verdict } from './classify-response.ts';
import type { DeliveryContext } from './delivery-context.ts';
import { nextTryMs } from './retry-policy.ts';

/** Writes into the ledger how a try has ended. */
export async function settleTry(
  delivery: Delivery,
  verdict: Verdict,
  context: DeliveryContext,
): Promise<JobOutcome> {
  const { deliveryId, inbox } = delivery;
  const { store, now } = context;
  const { status, error } = verdict;
  const attempt = {
    at: now(),
    ...(status !== undefined && { status }),
    ...(error !== undefined && { error }),
  };
  switch (verdict.outcome) {
    case 'delivered':
      await store.deliveries.end(deliveryId, 'delivered', attempt);
      return undefined;
    case 'gone':
      await store.followers.removeByInbox(inbox);
      await store.deliveries.end(deliveryId, 'failed', attempt);
      return undefined;
    case 'refused':
      await store.deliveries.end(deliveryId, 'failed', attempt);
      return undefined;
    case 'retry': {
      const againAt = planRetry(delivery, verdict, context);
      if (againAt) await store.deliveries.retryAt(deliveryId, againAt, attempt);
      else await store.deliveries.end(deliveryId, 'failed', attempt);
      return againAt && { againAt };
    }
  }
}

function planRetry(
  { attempts, host }: Delivery,
  { retryAfter }: Extract<Verdict, { outcome: 'retry' }>,
  { slots, now, random }: DeliveryContext,
): Date | undefined {
  const waitMs = nextTryMs({ tries: attempts + 1, retryAfter, random: random() });
  if (waitMs === 'never') return undefined;
  const againAt = new Date(now().getTime() + waitMs);
  if (retryAfter !== undefined && retryAfter > 0) slots.hold(host, againAt);
  return againAt;
}
