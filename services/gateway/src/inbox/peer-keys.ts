import { createPublicKey, type KeyObject } from 'node:crypto';
import { type Completions, type Producer, refreshActor } from '@artdag/queues';
import { createBriefCache } from '@artdag/runtime';
import { parseEd25519Multikey } from '@artdag/signatures';
import type { RemoteActorRepository, RemoteKey } from '@artdag/store';
import type { RateLimit } from './rate-limit.ts';

/** A peer's key, ready to verify with. */
export interface PeerKey {
  readonly keyId: string;
  /** The actor whose key it is. */
  readonly actorIri: string;
  readonly publicKey: KeyObject;
  /** The key as it was published. */
  readonly published: string;
  readonly fetchedAt: number;
}

/** Outcome of looking for a key: `failed` for good, `pending` where nobody could tell in time. */
export type KeyLookup =
  | { readonly kind: 'found'; readonly key: PeerKey }
  | { readonly kind: 'failed' }
  | { readonly kind: 'pending' }
  /** The sender names too many unknown keys; `retryAfter` in seconds. */
  | { readonly kind: 'limited'; readonly retryAfter: number };

/** The keys of peers. */
export interface PeerKeys {
  /** The key of that id; `address` is who asks for it to be fetched where it is not known. */
  find(keyId: string, address: string): Promise<KeyLookup>;
  /** Looks again for a key that did not verify: at its peer at most once in five minutes. */
  findAnew(tried: PeerKey): Promise<KeyLookup>;
}

/** What {@link createPeerKeys} works with. */
export interface PeerKeysContext {
  readonly remoteActors: RemoteActorRepository;
  readonly producer: Pick<Producer, 'enqueue'>;
  /** Hears of keys that the federation worker has looked for. */
  readonly refreshed: Pick<Completions, 'wait'>;
  /** How many unknown keys one address may name. */
  readonly lookUps: RateLimit;
  /** Told of each look-up: whether the key was in memory. */
  readonly onLookUp?: (isHit: boolean) => void;
  readonly now: () => Date;
}

const KEPT_MS = 60_000;
const MAX_KEPT = 10_000;
const FORCED_EVERY_MS = 5 * 60_000;
const STALE_AFTER_MS = 24 * 3_600_000;
const WAIT_MS = 5000;
const POLL_MS = 500;
/** Posts that wait for an unknown key hold a connection each. */
const MAX_ASKING = 500;
const MAX_KEY_ID_LENGTH = 900;

/**
 * {@link PeerKeys} from memory, then from the store, then by the federation worker: the gateway
 * itself fetches nothing.
 */
export function createPeerKeys(context: PeerKeysContext): PeerKeys {
  const { remoteActors, producer, refreshed, lookUps, now } = context;
  const { onLookUp } = context;
  const kept = createBriefCache(load, {
    ttlMs: KEPT_MS,
    maxEntries: MAX_KEPT,
    ...(onLookUp && { onGet: onLookUp }),
  });
  const asking = new Map<string, Promise<KeyLookup>>();
  const renewing = new Map<string, Promise<KeyLookup>>();

  async function load(keyId: string): Promise<PeerKey | undefined> {
    const actor = await remoteActors.findByKey(keyId);
    const published = actor?.keys.find((key) => key.keyId === keyId);
    if (!actor || !published || actor.isGone) return undefined;
    const fetchedAt = actor.fetchedAt.getTime();
    if (fetchedAt < now().getTime() - STALE_AFTER_MS) void producer.enqueue(refreshActor, keyId);
    return toPeerKey(published, actor.actorIri, fetchedAt);
  }

  async function look(keyId: string): Promise<PeerKey | undefined> {
    const key = await kept.get(keyId);
    if (!key) kept.forget(keyId);
    return key;
  }

  function lookInStore(keyId: string): Promise<PeerKey | undefined> {
    kept.forget(keyId);
    return look(keyId);
  }

  /** Has the key's actor fetched, once for all who ask, and waits for a key that is an `answer`. */
  async function ask(keyId: string, isAnswer: (key: PeerKey) => boolean): Promise<KeyLookup> {
    const current = asking.get(keyId);
    if (current) return current;
    if (asking.size >= MAX_ASKING) return { kind: 'pending' };
    const asked = askWorker(keyId, isAnswer).finally(() => asking.delete(keyId));
    asking.set(keyId, asked);
    return asked;
  }

  async function askWorker(keyId: string, isAnswer: (key: PeerKey) => boolean): Promise<KeyLookup> {
    const ended = refreshed.wait(keyId, POLL_MS);
    if ((await producer.enqueue(refreshActor, keyId)) === 'deferred') return { kind: 'pending' };
    return awaitWorker(keyId, isAnswer, ended);
  }

  async function awaitWorker(
    keyId: string,
    isAnswer: (key: PeerKey) => boolean,
    firstWait: Promise<boolean>,
  ): Promise<KeyLookup> {
    const deadline = performance.now() + WAIT_MS;
    let ended = firstWait;
    for (;;) {
      const hasEnded = await ended;
      const key = await lookInStore(keyId);
      if (key && isAnswer(key)) return { kind: 'found', key };
      // The worker has looked, or saw no reason to: the key is the one that was tried.
      if (key && hasEnded) return { kind: 'failed' };
      if (await remoteActors.findFailure(keyId, now())) return { kind: 'failed' };
      if (performance.now() >= deadline) return { kind: 'pending' };
      ended = refreshed.wait(keyId, POLL_MS);
    }
  }

  async function renew(tried: PeerKey): Promise<KeyLookup> {
    const { keyId } = tried;
    const stored = await lookInStore(keyId);
    if (stored && stored.published !== tried.published) return { kind: 'found', key: stored };
    const { fetchedAt } = stored ?? tried;
    const isNewer = (key: PeerKey) => key.fetchedAt !== fetchedAt;
    const ended = refreshed.wait(keyId, POLL_MS);
    const claim = await remoteActors.claimForcedRefresh(keyId, now(), FORCED_EVERY_MS);
    if (claim.isGranted) {
      const lookup = await ask(keyId, isNewer);
      if (lookup.kind === 'pending') await remoteActors.releaseForcedRefresh(keyId);
      return lookup;
    }
    // What another gateway finds is for all.
    const isUnderWay = claim.startedAt && now().getTime() - claim.startedAt.getTime() < WAIT_MS;
    if (isUnderWay) return awaitWorker(keyId, isNewer, ended);
    const found = await lookInStore(keyId);
    return found && isNewer(found) ? { kind: 'found', key: found } : { kind: 'failed' };
  }

  return {
    async find(keyId, address) {
      const key = await look(keyId);
      if (key) return { kind: 'found', key };
      if (keyId.length > MAX_KEY_ID_LENGTH || !/^https?:\/\//.test(keyId))
        return { kind: 'failed' };
      if (await remoteActors.findFailure(keyId, now())) return { kind: 'failed' };
      const retryAfter = lookUps.take(address);
      return retryAfter > 0 ? { kind: 'limited', retryAfter } : ask(keyId, () => true);
    },
    /** Posts that come while one looks anew must not be refused for its being the only look. */
    findAnew(tried) {
      const current = renewing.get(tried.keyId);
      if (current) return current;
      const renewed = renew(tried).finally(() => renewing.delete(tried.keyId));
      renewing.set(tried.keyId, renewed);
      return renewed;
    },
  };
}

function toPeerKey(
  { keyId, publicKey: published }: RemoteKey,
  actorIri: string,
  fetchedAt: number,
): PeerKey {
  const publicKey = published.startsWith('-----')
    ? createPublicKey(published)
    : parseEd25519Multikey(published);
  return { keyId, actorIri, publicKey, published, fetchedAt };
}
