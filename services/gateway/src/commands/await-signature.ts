import { signActivity } from '@artdag/queues';
import type { SignedActivity } from '@artdag/store';
import type { GatewayContext } from '../context.ts';

type Context = Pick<GatewayContext, 'store' | 'producer' | 'completions'>;

const POLL_MS = 500;

/**
 * Tells the signer of an activity and waits for its signature, `waitMs` at most; nothing where it
 * is not there by then. The signer's word is only a hint, and may come before we listen: the store
 * is asked as well.
 */
export async function awaitSignature(
  activityId: string,
  waitMs: number,
  { store, producer, completions }: Context,
): Promise<SignedActivity | undefined> {
  const deadline = performance.now() + waitMs;
  let ended = completions.signActivity.wait(activityId, Math.min(waitMs, POLL_MS));
  // Without a queue no signature comes soon, and the relay sees to it later.
  if ((await producer.enqueue(signActivity, activityId)) === 'deferred')
    return store.activities.find(activityId);
  for (;;) {
    await ended;
    const activity = await store.activities.find(activityId);
    if (activity) return activity;
    const left = deadline - performance.now();
    if (left <= 0) return undefined;
    ended = completions.signActivity.wait(activityId, Math.min(left, POLL_MS));
  }
}
