import { limitFetches } from '@artdag/peers';
import { type JobHandler, type JobOutcome, processInboxActivity } from '@artdag/queues';
import type { FederationContext } from '../context.ts';
import { findInboxHandler } from '../inbox/find-inbox-handler.ts';
import { forwardActivity, mayConcernUs } from '../inbox/forward-activity.ts';
import { readIncoming } from '../inbox/incoming-activity.ts';
import { synchronizeFollowing } from '../inbox/synchronize-following.ts';

type Context = Pick<
  FederationContext,
  'store' | 'producer' | 'resolver' | 'signHop' | 'peers' | 'iris' | 'now'
>;

/** What one activity of a stranger may make us ask. */
const MAX_FETCHES = 20;

/** Handles the queue `process-inbox-activity`. */
export function processInboxActivityHandler(
  context: Context,
): JobHandler<typeof processInboxActivity.schema> {
  const { store, now } = context;
  return {
    contract: processInboxActivity,
    outbox: store.receivedActivities.outbox,
    process: ({ receivedId }) => processActivity(receivedId, context),
    setAside: ({ receivedId }, reason) => store.receivedActivities.fail(receivedId, reason, now()),
  };
}

/** The promise ends last: until then a second run does again what changes nothing a second time. */
async function processActivity(receivedId: string, context: Context): Promise<JobOutcome> {
  const { store, peers } = context;
  const stored = await store.receivedActivities.find(receivedId);
  if (!stored || stored.state === 'processed') return undefined;
  const handle = findInboxHandler(stored.type);
  // An operator may have blocked the host since.
  const isOfUse =
    handle !== undefined ||
    stored.followersClaim !== undefined ||
    mayConcernUs(stored.body, context.iris);
  if (isOfUse && !(await store.hosts.isBlocked(stored.host))) {
    const activity = readIncoming(stored);
    const inboxContext = { ...context, fetch: limitFetches(peers.fetch, MAX_FETCHES) };
    const outcome = activity && (await handle?.(activity, inboxContext));
    if (outcome) return outcome;
    if (activity) {
      await forwardActivity(activity, inboxContext);
      await synchronizeFollowing(activity, inboxContext);
    }
  }
  await store.receivedActivities.settle(receivedId);
  return undefined;
}
