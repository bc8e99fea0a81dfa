import { digestFollowers } from '@artdag/activitypub';
import type { Following, ReceivedActivity } from '@artdag/store';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { processInboxActivityHandler } from '../jobs/process-inbox-activity.ts';
import { createTestFederation, type TestFederation } from '../testing/create-test-federation.ts';
import { type Sink, startSink } from '../testing/start-sink.ts';

const iriOf = (username: string) => `https://art.test/users/${username}`;
const digestOf = (...usernames: string[]) => digestFollowers(usernames.map(iriOf));

let parts: AsyncDisposableStack;
let federation: TestFederation;
let peer: Sink;
let ann: string;
let listed: readonly string[];
let members: object;

beforeEach(async () => {
  parts = new AsyncDisposableStack();
  peer = parts.use(
    await startSink((response, { path }) => {
      const id = `http://${peer.host}${path}`;
      const context = 'https://www.w3.org/ns/activitystreams';
      const list = { '@context': context, id, type: 'OrderedCollection', orderedItems: listed };
      const headers = { 'content-type': 'application/activity+json' };
      response.writeHead(200, headers).end(JSON.stringify({ ...list, ...members }));
    }),
  );
  ann = `http://${peer.host}/users/ann`;
  members = {};
  federation = parts.use(
    await createTestFederation({
      mongodbUrl: inject('mongodbUrl'),
      hosts: [peer.host],
      overrides: { signHop: (url) => ({ signature: `for ${url.pathname}` }) },
    }),
  );
  await federation.store.remoteActors.save({
    actorIri: ann,
    type: 'Person',
    inbox: `${ann}/inbox`,
    followers: `${ann}/followers`,
    keys: [],
    fetchedAt: federation.context.now(),
    isGone: false,
  });
  for (const username of ['giles', 'ada']) await follow(username, 'accepted');
});
afterEach(() => parts.disposeAsync());

async function follow(username: string, state: Following['state']) {
  const since = federation.context.now();
  const followId = `follow-of-${username}`;
  await federation.store.following.put({ username, actorIri: ann, followId, state, since });
}

async function followers() {
  const found: string[] = [];
  for await (const { username } of federation.store.following.byActor(ann)) found.push(username);
  return found.toSorted();
}

let count = 0;

/** Processes a Create of ann's whose request claims this digest. */
async function receive(
  digest: string,
  changes: Partial<NonNullable<ReceivedActivity['followersClaim']>> = {},
) {
  count += 1;
  const activityIri = `http://${peer.host}/activities/${count}`;
  const { receivedActivities } = federation.store;
  const url = `${ann}/followers_synchronization`;
  await receivedActivities.insert({
    activityIri,
    type: 'Create',
    actorIri: ann,
    host: peer.host,
    username: null,
    body: JSON.stringify({ id: activityIri, type: 'Create', actor: ann }),
    receivedAt: federation.context.now(),
    followersClaim: { collectionId: `${ann}/followers`, url, digest, ...changes },
  });
  const receivedId = receivedActivities.idOf(activityIri);
  const { process } = processInboxActivityHandler(federation.context);
  await process({ receivedId }, new AbortController().signal);
  expect(await receivedActivities.find(receivedId)).toMatchObject({ state: 'processed' });
}

test('a peer that counts the same followers is not asked', async () => {
  await receive(digestOf('ada', 'giles'));
  expect(peer.posts).toEqual([]);
});

test('whoever is not on the list does not follow any more', async () => {
  listed = [iriOf('giles')];
  await receive(digestOf('giles'));
  expect(await followers()).toEqual(['giles']);
  expect(peer.posts[0]).toMatchObject({
    path: '/users/ann/followers_synchronization',
    headers: { signature: 'for /users/ann/followers_synchronization' },
  });
});

test('nobody follows where the list is empty, or has no items at all', async () => {
  listed = [];
  members = { orderedItems: undefined, totalItems: 0 };
  await receive(digestOf());
  expect(await followers()).toEqual([]);
});

test('whoever is on the list was accepted, also where the Accept was lost', async () => {
  await follow('eve', 'requested');
  listed = ['ada', 'eve', 'giles', 'stranger'].map(iriOf);
  await receive(digestOf('ada', 'eve', 'giles', 'stranger'));
  expect(await followers()).toEqual(['ada', 'eve', 'giles']);
});

test('an Undo is sent for whoever of us is on the list without following, once a day', async () => {
  const { store } = federation;
  for (const username of ['eve', 'giles']) {
    const user = { username, displayName: username, passwordHash: null, role: 'user' } as const;
    await store.users.insert({ ...user, createdAt: federation.context.now() });
  }
  listed = ['ada', 'eve', 'giles', 'stranger'].map(iriOf);
  const pending = () => store.activities.outbox.due('sign-activity', new Date('2100-01-01'), 10);
  for (let round = 0; round < 2; round += 1) {
    await receive(digestOf('ada', 'eve', 'giles', 'stranger'));
    federation.clock.time += 10 * 60_000;
    expect(await pending()).toHaveLength(1);
  }
  const [undoId = ''] = await pending();
  const undo = await store.activities.findPending(undoId);
  expect(undo).toMatchObject({ audience: { kind: 'actors', actorIris: [ann] }, isPublic: false });
  expect(JSON.parse(undo?.draft ?? '')).toMatchObject({
    type: 'Undo',
    actor: iriOf('eve'),
    object: { type: 'Follow', actor: iriOf('eve'), object: ann },
    to: [ann],
  });
  expect(await followers()).toEqual(['ada', 'giles']);
});

test('a list that is not what was claimed changes nothing', async () => {
  listed = [iriOf('giles')];
  await receive(digestOf('ada'));
  expect(peer.posts).toHaveLength(1);
  expect(await followers()).toEqual(['ada', 'giles']);
});

test('a list that cannot be had changes nothing', async () => {
  peer.answer = 401;
  await receive(digestOf('giles'));
  expect(await followers()).toEqual(['ada', 'giles']);
});

test('a claim about another collection is not looked into', async () => {
  await receive(digestOf('giles'), { collectionId: `http://${peer.host}/users/eve/followers` });
  expect(peer.posts).toEqual([]);
});

test('an actor is asked once in ten minutes', async () => {
  listed = [iriOf('giles')];
  await receive(digestOf('ada'));
  await receive(digestOf('giles'));
  expect([peer.posts.length, await followers()]).toEqual([1, ['ada', 'giles']]);
  federation.clock.time += 10 * 60_000;
  await receive(digestOf('giles'));
  expect([peer.posts.length, await followers()]).toEqual([2, ['giles']]);
});
