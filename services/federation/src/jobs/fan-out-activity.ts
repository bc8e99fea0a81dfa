import { fanOutActivity, type JobHandler, type JobOutcome } from '@artdag/queues';
import type { FederationContext } from '../context.ts';
import { audienceInboxes } from '../fan-out/audience-inboxes.ts';
import { inChunks } from '../fan-out/in-chunks.ts';
import { writeDeliveries } from '../fan-out/write-deliveries.ts';
import { applyLocalEffect } from '../outbox/apply-local-effect.ts';
import { soon } from '../soon.ts';

const CHUNK = 1000;

/** Handles the queue `fan-out-activity`. */
export function fanOutActivityHandler(
  context: FederationContext,
): JobHandler<typeof fanOutActivity.schema> {
  const { store, now } = context;
  return {
    contract: fanOutActivity,
    outbox: store.activities.outbox,
    process: ({ activityId }, signal) => fanOut(activityId, signal, context),
    setAside: ({ activityId }, reason) =>
      store.activities.giveUp(activityId, fanOutActivity.name, reason, now()),
  };
}

/** The promise ends last: until then a second run writes and enqueues what is missing. */
async function fanOut(
  activityId: string,
  signal: AbortSignal,
  context: FederationContext,
): Promise<JobOutcome> {
  const { store } = context;
  const activity = await store.activities.findUnsent(activityId);
  if (!activity) return undefined;
  const predecessors = await store.activities.predecessors(activity);
  // Rows of an older activity come first into the ledger, so that deliveries can keep the order.
  if (predecessors === 'unsent') return { againAt: soon(context) };
  await applyLocalEffect(activity, context);
  const sending = { activity, hasPredecessor: predecessors === 'sent' };
  for await (const inboxes of inChunks(audienceInboxes(activity, context), CHUNK)) {
    signal.throwIfAborted();
    const result = await writeDeliveries(inboxes, sending, context);
    if (result === 'deferred') return { againAt: soon(context) };
  }
  await store.activities.settleFanOut(activityId);
  return undefined;
}
