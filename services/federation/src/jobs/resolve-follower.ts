import { AppError } from '@artdag/errors';
import { type JobHandler, type JobOutcome, resolveFollower } from '@artdag/queues';
import type { FollowerInboxes } from '@artdag/store';
import type { FederationContext } from '../context.ts';

type Context = Pick<FederationContext, 'store' | 'iris' | 'resolveActor' | 'now' | 'random'>;

const HOUR_MS = 3_600_000;

/** Handles the queue `resolve-follower`. */
export function resolveFollowerHandler(
  context: Context,
): JobHandler<typeof resolveFollower.schema> {
  const { store, now } = context;
  return {
    contract: resolveFollower,
    outbox: store.followers.outbox,
    process: ({ followerId }) => resolve(followerId, context),
    setAside: ({ followerId }, reason) => store.followers.giveUp(followerId, reason, now()),
  };
}

/** A peer that is down is asked again each hour: the promise stands as long as the follower does. */
async function resolve(followerId: string, context: Context): Promise<JobOutcome> {
  const { store, now, random } = context;
  const actorIri = await store.followers.findUnresolved(followerId);
  if (actorIri === undefined) return undefined;
  const inboxes = await findInboxes(actorIri, context);
  if (inboxes === 'later') return { againAt: new Date(now().getTime() + HOUR_MS * (1 + random())) };
  await store.followers.settleInboxes(followerId, inboxes);
  return undefined;
}

/** @throws AppError `gone` where there is no such actor. */
async function findInboxes(
  actorIri: string,
  { store, iris, resolveActor }: Context,
): Promise<FollowerInboxes | 'later'> {
  const own = iris.usernameOf(actorIri);
  if (own !== undefined) return { inbox: iris.inbox(own), deliveryInbox: iris.sharedInbox() };
  const state = await resolveActor(actorIri);
  if (state === 'unavailable') return 'later';
  const actor = state === 'resolved' ? await store.remoteActors.find(actorIri) : undefined;
  if (!actor || actor.isGone) throw new AppError('gone', 'His server knows no such actor.');
  return { inbox: actor.inbox, deliveryInbox: actor.sharedInbox ?? actor.inbox };
}
