import { AppError } from '@artdag/errors';
import { processInboxActivity } from '@artdag/queues';
import type { GatewayContext } from '../context.ts';

/** An operator's wish about an activity that was set aside. */
export interface ReplayWish {
  readonly operator: string;
  readonly receivedId: string;
}

/**
 * Promises an activity's processing again and enqueues it at once; where Redis is away, the relay
 * does. A second time, while it waits, changes nothing.
 *
 * @throws AppError `not-found` where there is no such activity, `conflict` where it was not set aside.
 */
export async function replayReceived(
  { operator, receivedId }: ReplayWish,
  { store, producer, now }: Pick<GatewayContext, 'store' | 'producer' | 'now'>,
): Promise<void> {
  const { name: kind } = processInboxActivity;
  const restored = await store.failures.restore(kind, [receivedId], now());
  if (restored === 0) return requireWaiting(receivedId, store);
  await store.audit.insert({
    at: now(),
    operator,
    action: 'replay-received',
    target: receivedId,
    count: restored,
  });
  await producer.revive(processInboxActivity, [receivedId]).catch(() => undefined);
}

async function requireWaiting(
  receivedId: string,
  { receivedActivities }: GatewayContext['store'],
): Promise<void> {
  const known = await receivedActivities.find(receivedId);
  if (!known) throw new AppError('not-found', 'No such activity has been received.');
  if (known.state !== 'received')
    throw new AppError('conflict', 'The activity is not among those that were set aside.');
}
