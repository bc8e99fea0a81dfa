import type { PendingActivity, SignedActivity } from '@artdag/store';
import type { GatewayContext } from '../context.ts';
import { awaitSignature } from './await-signature.ts';

/** What a command that publishes works with. */
export type PublishContext = Pick<
  GatewayContext,
  'store' | 'producer' | 'completions' | 'iris' | 'now'
>;

/** An activity of a user, once it is written; signed if that came in time. */
export interface Publication {
  readonly activityId: string;
  readonly activity: SignedActivity | undefined;
}

/**
 * Writes an activity with the promise to sign and to send it, and waits for the signature. The
 * write with the same id again changes nothing, so that doing the same twice is one activity.
 */
export async function publishActivity(
  pending: PendingActivity,
  waitMs: number,
  context: PublishContext,
): Promise<Publication> {
  await context.store.activities.insertPending(pending);
  return findPublication(pending.activityId, waitMs, context);
}

/** An activity that was written before. */
export async function findPublication(
  activityId: string,
  waitMs: number,
  context: PublishContext,
): Promise<Publication> {
  const activity =
    (await context.store.activities.find(activityId)) ??
    (await awaitSignature(activityId, waitMs, context));
  return { activityId, activity };
}

/**
 * The time of an activity that follows on `earlier`: later than it, whatever the clocks of several
 * gateways say, because their order decides what holds.
 */
export function timeAfter(earlier: { readonly publishedAt: Date } | undefined, now: Date): Date {
  if (!earlier || earlier.publishedAt < now) return now;
  return new Date(earlier.publishedAt.getTime() + 1);
}
