import type { Delivery } from '@artdag/store';

/** A delivery of the ledger, in wire spelling. */
export function presentDelivery(delivery: Delivery) {
  return {
    inbox: delivery.inbox,
    host: delivery.host,
    state: delivery.state,
    attempts: delivery.attempts,
    next_at: delivery.state === 'pending' ? delivery.nextAt.toISOString() : null,
    ended_at: delivery.endedAt?.toISOString() ?? null,
    last_status: delivery.lastStatus ?? null,
    last_error: delivery.lastError ?? null,
  };
}
