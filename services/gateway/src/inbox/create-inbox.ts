import { type Completions, type Producer, processInboxActivity } from '@artdag/queues';
import { createBriefCache } from '@artdag/runtime';
import { isStoreUnavailable, type Store } from '@artdag/store';
import { watchBackPressure } from './back-pressure.ts';
import { createEnqueueGroup } from './enqueue-group.ts';
import { type InboxOutcome, refusePost } from './inbox-outcome.ts';
import { createPeerKeys } from './peer-keys.ts';
import { createRateLimit } from './rate-limit.ts';
import { type InboxPost, type ReceiveContext, receiveActivity } from './receive-activity.ts';
import { type SignedFetch, verifyFetch } from './verify-fetch.ts';
import type { SignerVerdict } from './verify-signer.ts';

/** The inboxes of this server. */
export interface Inbox extends AsyncDisposable {
  receive(post: InboxPost): Promise<InboxOutcome>;
  /** Whose signature is on a GET, by the keys and rules that hold for posts. */
  verifyFetch(fetch: SignedFetch): Promise<SignerVerdict>;
}

/** What inboxes are made of. */
export interface InboxOptions {
  readonly store: Pick<Store, 'receivedActivities' | 'remoteActors' | 'hosts' | 'users'>;
  readonly producer: Pick<Producer, 'enqueue' | 'enqueueMany' | 'load'>;
  readonly refreshed: Pick<Completions, 'wait'>;
  /** Posts that one host may make in a minute; 0 for any number. */
  readonly postsPerMinute: number;
  /** Told of each look-up of a peer's key: whether it was in memory. */
  readonly onKeyLookUp?: (isHit: boolean) => void;
  readonly now: () => Date;
}

/** Rules of operators and new users count after this time at the latest. */
const BRIEF = { ttlMs: 2000, maxEntries: 5000 };
const LOOK_UPS_PER_MINUTE = 3000;

/** Opens the inboxes: the decision, with the caches and limits that it needs. */
export function createInbox(options: InboxOptions): Inbox {
  const { store, producer, refreshed, now } = options;
  const blocked = createBriefCache((host) => store.hosts.isBlocked(host), BRIEF);
  const users = createBriefCache((username) => store.users.exists(username), BRIEF);
  const backPressure = watchBackPressure(producer);
  const queue = createEnqueueGroup(producer, processInboxActivity);
  const lookUps = createRateLimit(LOOK_UPS_PER_MINUTE);
  const context: ReceiveContext = {
    received: store.receivedActivities,
    isBlocked: (host) => blocked.get(host),
    hasUser: (username) => users.get(username),
    async isKnownActor(actorIri) {
      const actor = await store.remoteActors.find(actorIri);
      return actor !== undefined && !actor.isGone;
    },
    peerKeys: createPeerKeys({
      remoteActors: store.remoteActors,
      producer,
      refreshed,
      lookUps,
      ...(options.onKeyLookUp && { onLookUp: options.onKeyLookUp }),
      now,
    }),
    backPressure,
    posts: createRateLimit(options.postsPerMinute),
    queue,
    now,
  };
  return {
    verifyFetch: (fetch) => verifyFetch(fetch, context),
    async receive(post) {
      try {
        return await receiveActivity(post, context);
      } catch (error) {
        if (isStoreUnavailable(error)) return refusePost('store-unavailable');
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await backPressure[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
    },
  };
}
