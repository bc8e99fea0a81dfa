import { isAppError } from '@artdag/errors';
import { deliverActivity, type JobHandler, type JobOutcome } from '@artdag/queues';
import { counterIn } from '@artdag/runtime';
import type { Delivery } from '@artdag/store';
import type { FederationContext } from '../context.ts';
import { createDeliveryContext, type DeliveryContext } from '../delivery/delivery-context.ts';
import { learnFromTry } from '../delivery/learn-from-try.ts';
import { type PostOutcome, postActivity } from '../delivery/post-activity.ts';
import { settleTry } from '../delivery/settle-try.ts';
import { type Clearance, waitForTurn } from '../delivery/wait-for-turn.ts';

/** Handles the queue `deliver-activity`: `concurrency` deliveries at once. */
export function deliverActivityHandler(
  context: FederationContext,
  concurrency: number,
): JobHandler<typeof deliverActivity.schema> {
  const { store, now } = context;
  const delivering = createDeliveryContext(context, concurrency);
  const tries = counterIn(context.metrics, 'artdag_delivery_tries_total');
  return {
    contract: deliverActivity,
    outbox: store.deliveries.outbox,
    async process({ deliveryId }) {
      const delivery = await store.deliveries.find(deliveryId);
      if (delivery?.state !== 'pending') return undefined;
      const clearance = await waitForTurn(delivery, delivering);
      if (clearance.kind === 'wait') return clearance.outcome;
      return tryOnce(delivery, clearance, delivering, (outcome) => tries.inc({ outcome }));
    },
    setAside: ({ deliveryId }, reason) =>
      store.deliveries.end(deliveryId, 'failed', { at: now(), error: reason }),
  };
}

async function tryOnce(
  delivery: Delivery,
  { host, release }: Extract<Clearance, { kind: 'go' }>,
  context: DeliveryContext,
  count: (outcome: string) => void,
): Promise<JobOutcome> {
  const startedAt = performance.now();
  let posted: PostOutcome | undefined;
  try {
    posted = await postDelivery(delivery, host, context);
  } catch (error) {
    if (!isAppError(error, 'unavailable')) throw error;
    count('unsigned');
    return { againAt: signerBackAt(context) };
  } finally {
    const tookMs = performance.now() - startedAt;
    release(posted && { isReachable: posted.verdict.isReachable, tookMs });
  }
  const { verdict, manners } = posted;
  count(verdict.outcome);
  const [outcome] = await Promise.all([
    settleTry(delivery, verdict, context),
    context.hosts.learn(delivery.host, (known) =>
      learnFromTry(known, { verdict, manners }, context.now()),
    ),
  ]);
  return outcome;
}

async function postDelivery(
  { activityId, actor, inbox, attempts }: Delivery,
  host: Extract<Clearance, { kind: 'go' }>['host'],
  context: DeliveryContext,
): Promise<PostOutcome> {
  const body = await context.bodies.get(activityId);
  if (!body) {
    const error = 'the activity is not there';
    return { verdict: { outcome: 'refused', isReachable: true, error }, manners: {} };
  }
  const headers = body.isForFollowers ? await context.followersNews.tell(actor, host.host) : {};
  const outgoing = { url: new URL(inbox).href, username: actor, body: body.bytes, headers };
  return postActivity({ ...outgoing, isRetry: attempts > 0 }, host, context);
}

/** A signer that is away says nothing of the peer, so it costs no try. */
function signerBackAt({ now, random }: DeliveryContext): Date {
  return new Date(now().getTime() + 3000 + 5000 * random());
}
