import { createPublicKey } from 'node:crypto';
import { failDocument } from '../documents/document-result.ts';
import type { DocumentSource } from '../documents/fetch-document.ts';
import type { CachedActor } from './actor.ts';
import { fetchActor, fetchActorByKey } from './fetch-actor.ts';
import { failureMemoryMs, needsFetch } from './needs-fetch.ts';
import { preferStored, type ResolveContext } from './resolve-actor.ts';
import type { ResolveActorResult, ResolveKeyResult } from './resolve-result.ts';

/** One key to be found. */
export interface KeyOrder {
  readonly keyId: string;
  /** Whether the cached key did not verify. */
  readonly wantsRefresh: boolean;
}

/** Finds a key in the cache, or fetches the actor that signs with it. */
export async function findOrFetchKey(
  order: KeyOrder,
  source: DocumentSource,
  context: ResolveContext,
): Promise<ResolveKeyResult> {
  const { keyId } = order;
  const documentIri = keyId.replace(/#.*$/s, '');
  const { cache } = context;
  const stored = (await cache.findByKeyId(keyId)) ?? (await cache.find(documentIri));
  if (stored && isGoodEnough(stored, order, context.now())) return pickKey(stored, keyId);
  const known = stored ? undefined : await cache.findFailure(keyId);
  if (known !== undefined) return known;
  const loaded = await loadActor(stored, documentIri, order, source, context);
  if (!loaded.ok) return loaded;
  const result = pickKey(loaded.actor, keyId);
  if (!result.ok) {
    const until = new Date(context.now().getTime() + failureMemoryMs);
    await cache.rememberFailure(keyId, result, until);
  }
  return result;
}

async function loadActor(
  stored: CachedActor | undefined,
  documentIri: string,
  { keyId }: KeyOrder,
  source: DocumentSource,
  { loader }: ResolveContext,
): Promise<ResolveActorResult> {
  const loaded = await loader.load({
    subject: stored?.id ?? documentIri,
    stored,
    isRefresh: stored !== undefined,
    ask: () => (stored ? fetchActor(stored.id, source) : fetchActorByKey(keyId, source)),
  });
  return preferStored(loaded, stored);
}

function isGoodEnough(stored: CachedActor, order: KeyOrder, now: Date): boolean {
  const hasKey = stored.keys.some(({ keyId }) => keyId === order.keyId);
  return !needsFetch(stored, { wantsRefresh: order.wantsRefresh || !hasKey, now });
}

function pickKey(actor: CachedActor, keyId: string): ResolveKeyResult {
  const key = actor.keys.find((candidate) => candidate.keyId === keyId);
  if (key === undefined)
    return failDocument('key-missing', `${actor.id} has no usable key ${keyId}`);
  const publicKey = createPublicKey(key.publicKeyPem);
  return {
    ok: true,
    key: { keyId, owner: actor.id, publicKey, algorithm: key.algorithm },
    actor,
  };
}
