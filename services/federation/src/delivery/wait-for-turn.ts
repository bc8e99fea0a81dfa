import type { JobOutcome } from '@artdag/queues';
import type { Delivery, RuledHost } from '@artdag/store';
import { soon } from '../soon.ts';
import { gateOf, probeLease } from './breaker.ts';
import type { DeliveryContext } from './delivery-context.ts';
import { findObstacle } from './find-obstacle.ts';
import type { Turn } from './host-slots.ts';

/** A delivery that may be tried now, or how its job ends without a try. */
export type Clearance =
  | { readonly kind: 'go'; readonly host: RuledHost; readonly release: Release }
  | { readonly kind: 'wait'; readonly outcome: JobOutcome };

type Release = Extract<Turn, { kind: 'now' }>['release'];

/** The relay looks after what waits longer than this by the ledger's own time. */
const SHORT_MS = 30_000;
/** What cannot even be tried for so long has failed. */
const GIVE_UP_AFTER_MS = 7 * 86_400_000;

/** Asks all that may stand against a try: operators, the breaker, older deliveries, free slots. */
export async function waitForTurn(
  delivery: Delivery,
  context: DeliveryContext,
): Promise<Clearance> {
  const { hosts, slots, store, now, random } = context;
  if (delivery.nextAt > now()) return { kind: 'wait', outcome: { againAt: delivery.nextAt } };
  const host = await hosts.find(delivery.host);
  const obstacle = findObstacle(host, { now: now(), random: random() });
  if (obstacle) return waitUntil(obstacle.until, delivery, context, obstacle.reason);
  if (delivery.hasPredecessor) {
    const older = await store.deliveries.findOlderPending(delivery);
    const at = older && new Date(Math.max(older.getTime(), soon(context).getTime()));
    if (at) return waitUntil(at, delivery, context);
  }
  const turn = slots.take(delivery.host);
  if (turn.kind === 'later') return waitUntil(turn.at, delivery, context);
  if (await mayKnock(host, turn, context)) return { kind: 'go', host, release: turn.release };
  return waitUntil(probeLease(now()), delivery, context);
}

/** Of all that wait for a half-open breaker one goes on. */
async function mayKnock(
  host: RuledHost,
  turn: Extract<Turn, { kind: 'now' }>,
  { hosts, now }: DeliveryContext,
): Promise<boolean> {
  const gate = gateOf(host, now());
  if (gate.kind === 'closed') return true;
  let isOurs = false;
  try {
    isOurs =
      gate.kind === 'half-open' &&
      (await hosts.claimProbe(host, gate.openUntil, probeLease(now())));
  } finally {
    if (!isOurs) turn.release(undefined);
  }
  return isOurs;
}

async function waitUntil(
  againAt: Date,
  { deliveryId, createdAt }: Delivery,
  { store, now }: DeliveryContext,
  obstacle?: string,
): Promise<Clearance> {
  const at = now();
  if (obstacle !== undefined && at.getTime() - createdAt.getTime() >= GIVE_UP_AFTER_MS) {
    await store.deliveries.end(deliveryId, 'failed', { at, error: `given up: ${obstacle}` });
    return { kind: 'wait', outcome: undefined };
  }
  const isShort = againAt.getTime() - at.getTime() <= SHORT_MS;
  if (!isShort) await store.deliveries.park(deliveryId, againAt);
  return { kind: 'wait', outcome: { againAt } };
}
