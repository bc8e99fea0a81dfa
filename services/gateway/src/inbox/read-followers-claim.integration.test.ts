import { buildCollectionSynchronization } from '@artdag/activitypub';
import type { Store } from '@artdag/store';
import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createPeer, type TestPost } from '../testing/create-peer.ts';
import { startInbox } from '../testing/start-inbox.ts';

const ann = createPeer('ann');

let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
  await store.remoteActors.save(ann.actor());
});
afterAll(() => store?.[Symbol.asyncDispose]());

const claim = {
  collectionId: `${ann.actorIri}/followers`,
  url: `${ann.actorIri}/followers_synchronization`,
  digest: 'c3'.repeat(32),
};
const field = (changes: object = {}) => buildCollectionSynchronization({ ...claim, ...changes });

/** What is kept of a claim in a post of ann's that is taken. */
async function keptOf(post: TestPost) {
  await using inbox = await startInbox(store);
  expect((await inbox.post(post)).statusCode).toBe(202);
  const { id } = JSON.parse(post.payload.toString());
  return (await store.receivedActivities.find(store.receivedActivities.idOf(id)))?.followersClaim;
}

test.each(['cavage', 'rfc9421'] as const)('a claim is kept where %s covers it', async (scheme) => {
  const more = { 'collection-synchronization': field() };
  expect(await keptOf(await ann.post(ann.activity(), { scheme, more }))).toEqual(claim);
});

test('a claim is not kept where the signature does not cover it', async () => {
  const post = await ann.post(ann.activity());
  const headers = { ...post.headers, 'collection-synchronization': field() };
  expect(await keptOf({ ...post, headers })).toBeUndefined();
});

test.each([
  field({ url: 'https://victim.example/followers' }),
  field({ collectionId: 'https://victim.example/followers' }),
  field({ digest: 'short' }),
  'nonsense',
])('a claim is not kept, and no reason to refuse the post: %s', async (value) => {
  const more = { 'collection-synchronization': value };
  expect(await keptOf(await ann.post(ann.activity(), { more }))).toBeUndefined();
});

test('a claim is not kept from a server that forwards', async () => {
  const relay = createPeer('relay', 'https://relay.example');
  await store.remoteActors.save(relay.actor());
  const more = { 'collection-synchronization': field() };
  const post = await relay.post(await ann.prove(ann.activity()), { more });
  expect(await keptOf(post)).toBeUndefined();
});
