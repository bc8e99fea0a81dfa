import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '@artdag/store';
import { connectStore } from '@artdag/store';
import { createTestDatabaseUrl, createTestStore, startTcpProxy } from '@artdag/testing';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createPeer, type Peer, type PostOptions } from '../testing/create-peer.ts';
import { startInbox } from '../testing/start-inbox.ts';

const ann = createPeer('ann');

let store: Store;
beforeEach(async () => {
  store = await createTestStore(inject('mongodbUrl'));
  await store.remoteActors.save(ann.actor());
});
afterEach(async () => {
  await store?.[Symbol.asyncDispose]();
});

const SIGNED: PostOptions[] = [
  { scheme: 'cavage', keyType: 'rsa' },
  { scheme: 'cavage', keyType: 'ed25519' },
  { scheme: 'rfc9421', keyType: 'rsa' },
  { scheme: 'rfc9421', keyType: 'ed25519' },
];

test.each(SIGNED)('takes what is signed by $scheme with $keyType', async (options) => {
  await using inbox = await startInbox(store);
  const activity = { ...ann.activity(), id: 'https://peer.example/activities/é' };
  const response = await inbox.post(await ann.post(activity, options));
  expect([response.statusCode, response.body]).toEqual([202, '']);
  const receivedId = store.receivedActivities.idOf(activity.id);
  expect([await inbox.stored(), inbox.queued]).toEqual([[receivedId], [receivedId]]);
  expect(await store.receivedActivities.find(receivedId)).toMatchObject({
    activityIri: activity.id,
    type: 'Create',
    actorIri: ann.actorIri,
    host: 'peer.example',
    username: null,
    body: JSON.stringify(activity),
    state: 'received',
  });
});

test.each([
  'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
  'application/ld+json',
  'application/json; charset=utf-8',
  'Application/Activity+JSON',
])('takes %s', async (contentType) => {
  await using inbox = await startInbox(store);
  const post = await ann.post(ann.activity(), { isContentTypeCovered: false });
  const response = await inbox.post({
    ...post,
    headers: { ...post.headers, 'content-type': contentType },
  });
  expect(response.statusCode).toBe(202);
});

test('takes what comes to the inbox of a user', async () => {
  await using inbox = await startInbox(store);
  const createdAt = new Date();
  await store.users.insert({
    username: 'giles',
    displayName: 'giles',
    passwordHash: null,
    role: 'user',
    createdAt,
  });
  const activity = ann.activity();
  const response = await inbox.post(await ann.post(activity, { to: '/users/giles/inbox' }));
  expect(response.statusCode).toBe(202);
  const [receivedId = ''] = await inbox.stored();
  expect(await store.receivedActivities.find(receivedId)).toMatchObject({ username: 'giles' });
});

test('takes what another server forwards, if the actor has proven it', async () => {
  await using inbox = await startInbox(store);
  const relay = createPeer('relay', 'https://relay.example');
  await store.remoteActors.save(relay.actor());
  const response = await inbox.post(await relay.post(await ann.prove(ann.activity())));
  expect(response.statusCode).toBe(202);
  expect(inbox.queued.length).toBe(1);
});

test.each([16, 64])('%d concurrent copies of one id have one effect', async (copies) => {
  await using inbox = await startInbox(store);
  const activity = ann.activity();
  const posts = await Promise.all(Array.from({ length: copies }, () => ann.post(activity)));
  const responses = await Promise.all(posts.map((post) => inbox.post(post)));
  expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([202]));
  expect((await inbox.stored()).length).toBe(1);
  expect(inbox.queued.length).toBe(1);
  expect(await inbox.metrics.metrics()).toContain(
    `artdag_inbox_posts_total{outcome="duplicate",reason="none"} ${copies - 1}`,
  );
});

test('many posts under an unknown key cause one fetch, and none for ten minutes after', async () => {
  await using inbox = await startInbox(store);
  const stranger = createPeer('stranger', 'https://stranger.example');
  inbox.worker.refresh = async (keyId) => {
    await delay(50);
    await store.remoteActors.rememberFailure(keyId, 'key-missing', new Date(Date.now() + 600_000));
  };
  const post = async () => (await inbox.post(await stranger.post(stranger.activity()))).statusCode;
  const first = await Promise.all(Array.from({ length: 30 }, post));
  const later = [await post(), await post()];
  expect(new Set([...first, ...later])).toEqual(new Set([401]));
  expect(inbox.asked).toEqual([stranger.keyIds.rsa]);
  expect([await inbox.stored(), inbox.queued]).toEqual([[], []]);
});

test('takes a post under a key that the worker fetches in time', async () => {
  await using inbox = await startInbox(store);
  const newcomer = createPeer('newcomer', 'https://newcomer.example');
  inbox.worker.refresh = async () => {
    await store.remoteActors.save(newcomer.actor());
  };
  const response = await inbox.post(await newcomer.post(newcomer.activity()));
  expect([response.statusCode, inbox.asked]).toEqual([202, [newcomer.keyIds.rsa]]);
});

async function rotate(peer: Peer): Promise<void> {
  await delay(2);
  await store.remoteActors.save(peer.actor());
}

test('a rotated key is fetched once, and posts under it are taken', async () => {
  await using inbox = await startInbox(store);
  expect((await inbox.post(await ann.post(ann.activity()))).statusCode).toBe(202);
  const bob = createPeer('bob');
  await store.remoteActors.save(bob.actor());
  expect((await inbox.post(await bob.post(bob.activity()))).statusCode).toBe(202);
  bob.rotateKeys();
  inbox.worker.refresh = () => rotate(bob);
  const responses = await Promise.all(
    Array.from({ length: 8 }, async () => inbox.post(await bob.post(bob.activity()))),
  );
  expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([202]));
  expect((await inbox.post(await bob.post(bob.activity()))).statusCode).toBe(202);
  expect(inbox.asked).toEqual([bob.keyIds.rsa]);
});

test('a second gateway waits for the key that the first one has looked for', async () => {
  await using first = await startInbox(store);
  await using second = await startInbox(store);
  second.worker.isHeard = false;
  const bob = createPeer('bob');
  await store.remoteActors.save(bob.actor());
  for (const inbox of [first, second])
    expect((await inbox.post(await bob.post(bob.activity()))).statusCode).toBe(202);
  bob.rotateKeys();
  const looks = Promise.withResolvers<void>();
  const found = Promise.withResolvers<void>();
  first.worker.refresh = async (keyId) => {
    looks.resolve();
    await found.promise;
    await rotate(bob);
    await store.remoteActors.endForcedRefresh(keyId);
  };
  const post = async (inbox: typeof first) =>
    (await inbox.post(await bob.post(bob.activity()))).statusCode;
  const atFirst = post(first);
  await looks.promise;
  const atSecond = [post(second), post(second)];
  await expect(Promise.race([...atSecond, delay(200, 'waits')])).resolves.toBe('waits');
  found.resolve();
  expect(await Promise.all([atFirst, ...atSecond])).toEqual([202, 202, 202]);
  const forger = createPeer('bob');
  expect((await second.post(await forger.post(bob.activity()))).statusCode).toBe(401);
  expect([first.asked, second.asked]).toEqual([[bob.keyIds.rsa], []]);
});

test('a look for a rotated key that Redis did not take is made later', async () => {
  await using inbox = await startInbox(store);
  const bob = createPeer('bob');
  await store.remoteActors.save(bob.actor());
  expect((await inbox.post(await bob.post(bob.activity()))).statusCode).toBe(202);
  bob.rotateKeys();
  inbox.worker.isRedisAway = true;
  expect((await inbox.post(await bob.post(bob.activity()))).statusCode).toBe(503);
  inbox.worker.isRedisAway = false;
  inbox.worker.refresh = () => rotate(bob);
  expect((await inbox.post(await bob.post(bob.activity()))).statusCode).toBe(202);
});

test('signatures that never verify cause one forced refresh of their key', async () => {
  await using inbox = await startInbox(store);
  const forger = createPeer('ann');
  inbox.worker.refresh = () => rotate(ann);
  for (let count = 0; count < 5; count += 1) {
    expect((await inbox.post(await forger.post(ann.activity()))).statusCode).toBe(401);
  }
  expect(inbox.asked).toEqual([ann.keyIds.rsa]);
  expect(await inbox.stored()).toEqual([]);
});

test('with Redis away a post under a known key is stored, for the relay to find', async () => {
  await using inbox = await startInbox(store);
  inbox.worker.isRedisAway = true;
  const response = await inbox.post(await ann.post(ann.activity()));
  expect(response.statusCode).toBe(202);
  expect(inbox.queued).toEqual([]);
  expect((await inbox.stored()).length).toBe(1);
});

test('with Redis away a post under an unknown key is to be sent again', async () => {
  await using inbox = await startInbox(store);
  inbox.worker.isRedisAway = true;
  const stranger = createPeer('stranger', 'https://stranger.example');
  const response = await inbox.post(await stranger.post(stranger.activity()));
  expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '30']);
  expect(await inbox.stored()).toEqual([]);
});

test('with MongoDB away a post is to be sent again, and nothing is queued', async () => {
  const url = createTestDatabaseUrl(inject('mongodbUrl'));
  await using proxy = await startTcpProxy(url);
  const proxied = url.replace(/\/\/[^/]+/, `//127.0.0.1:${proxy.port}`);
  await using away = await connectStore(proxied);
  await away.remoteActors.save(ann.actor());
  await using inbox = await startInbox(away);
  expect((await inbox.post(await ann.post(ann.activity()))).statusCode).toBe(202);
  proxy.swallow();
  const response = await inbox.post(await ann.post(ann.activity()));
  proxy.pass();
  expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5']);
  expect(inbox.queued.length).toBe(1);
});
