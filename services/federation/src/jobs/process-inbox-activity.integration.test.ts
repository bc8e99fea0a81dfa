import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ActorResolver, CachedActor } from '@artdag/peers';
import { processInboxActivity, signActivity } from '@artdag/queues';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { createTestFederation, type TestFederation } from '../testing/create-test-federation.ts';
import { noResolver } from '../testing/no-resolver.ts';
import { processInboxActivityHandler } from './process-inbox-activity.ts';

const ANN = 'https://peer.example/users/ann';
const EVE = 'https://evil.example/users/eve';
const GILES = 'https://art.test/users/giles';
const OBJECT = 'https://art.test/objects/abc';

let federation: TestFederation;
const asked: unknown[] = [];
const found = new Map<string, Partial<CachedActor>>();
const resolver: ActorResolver = {
  ...noResolver,
  async resolveActor(iri, options) {
    asked.push(iri, options?.forceRefresh);
    const actor = found.get(iri);
    if (!actor) return noResolver.resolveActor(iri);
    return { ok: true, actor: { ...remote(iri), id: iri, alsoKnownAs: [], ...actor, keys: [] } };
  },
};
const now = new Date('2026-01-06T23:00:00Z');

beforeEach(async () => {
  asked.length = 0;
  found.clear();
  federation = await createTestFederation({
    mongodbUrl: inject('mongodbUrl'),
    overrides: { resolver },
  });
  const { store } = federation;
  for (const iri of [ANN, EVE]) await store.remoteActors.save(remote(iri));
  await store.users.insert({
    username: 'giles',
    displayName: 'giles',
    passwordHash: null,
    role: 'user',
    createdAt: now,
  });
});
afterEach(() => federation?.[Symbol.asyncDispose]());

function remote(actorIri: string) {
  const inbox = `${actorIri}/inbox`;
  const sharedInbox = `${new URL(actorIri).origin}/inbox`;
  return { actorIri, type: 'Person', inbox, sharedInbox, keys: [], fetchedAt: now, isGone: false };
}

let count = 0;

interface Posted {
  readonly type: string;
  readonly actor?: string;
  readonly [member: string]: unknown;
}

/** Stores an activity as the gateway does. */
async function store({ actor = ANN, ...activity }: Posted, username: string | null = null) {
  count += 1;
  const document = { id: `${new URL(actor).origin}/activities/${count}`, actor, ...activity };
  const { receivedActivities } = federation.store;
  await receivedActivities.insert({
    activityIri: document.id,
    type: activity.type,
    actorIri: actor,
    host: new URL(actor).host,
    username,
    body: JSON.stringify(document),
    receivedAt: now,
  });
  return { id: document.id, receivedId: receivedActivities.idOf(document.id) };
}

const run = (receivedId: string) =>
  processInboxActivityHandler(federation.context).process(
    { receivedId },
    new AbortController().signal,
  );

/** Stores and processes an activity, and then once more as if the process had died before its end. */
async function receive(activity: Posted, username: string | null = null) {
  const stored = await store(activity, username);
  const { receivedActivities } = federation.store;
  const settle = vi.spyOn(receivedActivities, 'settle').mockResolvedValueOnce(undefined);
  await run(stored.receivedId);
  settle.mockRestore();
  await run(stored.receivedId);
  expect(await receivedActivities.find(stored.receivedId)).toMatchObject({ state: 'processed' });
  const left = await receivedActivities.outbox.due(
    processInboxActivity.name,
    new Date('2100-01-01'),
    9,
  );
  expect(left).not.toContain(stored.receivedId);
  return stored.id;
}

const pendingIds = () =>
  federation.store.activities.outbox.due(signActivity.name, new Date('2100-01-01'), 1000);

async function onlyPending() {
  const ids = await pendingIds();
  expect(ids.length).toBe(1);
  return federation.store.activities.findPending(ids[0] ?? '');
}

test('a Follow adds a follower and is answered by one Accept', async () => {
  const id = await receive({ type: 'Follow', object: GILES });
  const followerId = `giles ${ANN}`;
  const followers = await federation.store.documents.followers.find([followerId]);
  expect([...followers.values()]).toEqual([
    {
      _id: followerId,
      username: 'giles',
      actorIri: ANN,
      inbox: `${ANN}/inbox`,
      deliveryInbox: 'https://peer.example/inbox',
      host: 'peer.example',
      followIri: id,
      since: now,
    },
  ]);
  const accept = await onlyPending();
  expect(accept).toMatchObject({
    type: 'Accept',
    actor: 'giles',
    audience: { kind: 'actors', actorIris: [ANN] },
    isPublic: false,
  });
  expect(JSON.parse(accept?.draft ?? '')).toMatchObject({
    type: 'Accept',
    actor: GILES,
    object: { type: 'Follow', id, actor: ANN, object: GILES },
    to: [ANN],
  });
  expect(federation.enqueued).toContainEqual({ queue: 'sign-activity', id: accept?.activityId });
});

test('a Follow of somebody who is not there is answered by a Reject', async () => {
  await receive({ type: 'Follow', object: 'https://art.test/users/nobody' }, 'giles');
  expect(await onlyPending()).toMatchObject({ type: 'Reject', actor: 'giles' });
  await receive({ type: 'Follow', object: EVE });
  expect((await pendingIds()).length).toBe(1);
  expect(await federation.store.followers.count('giles')).toBe(0);
});

test('a Follow from a host that was blocked meanwhile changes nothing', async () => {
  await federation.store.hosts.setRule('peer.example', 'blocked');
  await receive({ type: 'Follow', object: GILES });
  expect(await federation.store.followers.count('giles')).toBe(0);
  expect(await pendingIds()).toEqual([]);
});

test.each([
  ['by its IRI', (id: string) => id],
  ['as an object', (id: string) => ({ type: 'Follow', id, actor: ANN, object: GILES })],
  ['without an id', () => ({ type: 'Follow', actor: ANN, object: GILES })],
])('an Undo removes the follower whose Follow it names %s', async (_name, object) => {
  const id = await receive({ type: 'Follow', object: GILES });
  await receive({ type: 'Undo', object: object(id) });
  expect(await federation.store.followers.count('giles')).toBe(0);
});

test("an Undo of another's Follow changes nothing", async () => {
  const id = await receive({ type: 'Follow', object: GILES });
  await receive({ type: 'Undo', actor: EVE, object: id });
  const follow = { type: 'Follow', id, actor: ANN, object: GILES };
  await receive({ type: 'Undo', actor: EVE, object: follow });
  expect(await federation.store.followers.isFollower('giles', ANN)).toBe(true);
});

test('an Undo waits for what it takes back', async () => {
  const follow = await store({ type: 'Follow', object: GILES });
  const undo = await store({ type: 'Undo', object: follow.id });
  expect(await run(undo.receivedId)).toMatchObject({ againAt: expect.any(Date) });
  await run(follow.receivedId);
  expect(await run(undo.receivedId)).toBeUndefined();
  expect(await federation.store.followers.count('giles')).toBe(0);
});

test('an Undo that names itself waits for nothing', async () => {
  const id = `${ANN}/undo`;
  const undo = await store({ type: 'Undo', id, object: id });
  expect(await run(undo.receivedId)).toBeUndefined();
  expect(await pendingIds()).toEqual([]);
});

test('an Undo that comes before its Follow, Like or Announce is remembered', async () => {
  await federation.publish({ contentHash: 'abc' });
  const { store: kept } = federation;
  for (const [type, object] of [
    ['Follow', GILES],
    ['Like', OBJECT],
    ['Announce', OBJECT],
  ] as const) {
    const id = `${ANN}/late/${type}`;
    await receive({ type: 'Undo', object: id });
    await receive({ type, id, object });
  }
  expect(await kept.followers.count('giles')).toBe(0);
  expect(await kept.reactions.counts(OBJECT)).toEqual({ likes: 0, shares: 0 });
  expect(await pendingIds()).toEqual([]);
  await receive({ type: 'Follow', object: GILES });
  expect(await kept.followers.isFollower('giles', ANN)).toBe(true);
});

test("an early Undo of another's Follow is of no use", async () => {
  const id = `${ANN}/late/follow`;
  await receive({ type: 'Undo', actor: EVE, object: id });
  await receive({ type: 'Follow', id, object: GILES });
  expect(await federation.store.followers.isFollower('giles', ANN)).toBe(true);
});

test('an Accept and then a Reject answer our Follow, from the followed actor only', async () => {
  const { following } = federation.store;
  const since = now;
  const wish = { username: 'giles', actorIri: ANN, followId: 'f1', state: 'requested' } as const;
  await following.put({ ...wish, since });
  const follow = 'https://art.test/activities/f1';
  await receive({ type: 'Accept', actor: EVE, object: follow });
  expect(await following.find('giles', ANN)).toMatchObject({ state: 'requested' });
  await receive({ type: 'Accept', object: { type: 'Follow', id: follow } });
  expect(await following.find('giles', ANN)).toMatchObject({ state: 'accepted' });
  await receive({ type: 'Reject', object: { type: 'Follow', actor: GILES, object: ANN } });
  expect(await following.find('giles', ANN)).toMatchObject({ state: 'rejected' });
});

test('a Create of an object with our content hash changes no ownership', async () => {
  await federation.publish({ contentHash: 'abc' });
  const before = await federation.store.activities.findEarliestCreate('abc');
  await receive({
    type: 'Create',
    published: '2001-01-01T00:00:00Z',
    object: {
      id: OBJECT,
      type: 'Image',
      contentHash: { algorithm: 'sha3-256', value: 'abc' },
      attributedTo: ANN,
    },
  });
  expect(await federation.store.activities.findEarliestCreate('abc')).toEqual(before);
  expect(await federation.store.assets.count()).toBe(0);
});

test('likes and shares of our objects count once an actor, and only of those that are there', async () => {
  await federation.publish({ contentHash: 'abc' });
  await receive({ type: 'Like', object: OBJECT });
  await receive({ type: 'Like', object: OBJECT });
  await receive({ type: 'Like', object: { id: OBJECT }, actor: EVE });
  const announce = await receive({ type: 'Announce', object: OBJECT });
  await receive({ type: 'Like', object: 'https://art.test/objects/unknown' });
  const { reactions } = federation.store;
  expect(await reactions.counts(OBJECT)).toEqual({ likes: 2, shares: 1 });
  expect(await reactions.counts('https://art.test/objects/unknown')).toEqual({
    likes: 0,
    shares: 0,
  });
  await receive({ type: 'Undo', object: { id: announce, type: 'Announce', actor: ANN } });
  expect(await reactions.counts(OBJECT)).toEqual({ likes: 2, shares: 0 });
});

test('an Update of an actor looks him up anew and believes nothing of what it says', async () => {
  await receive({ type: 'Update', object: { id: ANN, inbox: 'https://evil.example/inbox' } });
  expect(asked.slice(0, 2)).toEqual([ANN, true]);
  expect(await federation.store.remoteActors.find(ANN)).toMatchObject({ inbox: `${ANN}/inbox` });
});

test("Update or Delete of another's object changes nothing", async () => {
  await federation.publish({ contentHash: 'abc' });
  const follow = await receive({ type: 'Follow', object: GILES });
  const like = await receive({ type: 'Like', object: OBJECT });
  const before = await federation.store.activities.findEarliestCreate('abc');
  for (const object of [
    OBJECT,
    ANN,
    GILES,
    like,
    follow,
    'https://art.test/activities/activity-1',
  ]) {
    for (const type of ['Update', 'Delete']) {
      await receive({ type, actor: EVE, object });
      await receive({
        type,
        actor: EVE,
        object: { id: object, type: 'Tombstone', attributedTo: EVE },
      });
    }
  }
  expect(await federation.store.activities.findEarliestCreate('abc')).toEqual(before);
  expect(await federation.store.followers.isFollower('giles', ANN)).toBe(true);
  expect(await federation.store.reactions.counts(OBJECT)).toMatchObject({ likes: 1 });
  expect(await federation.store.remoteActors.find(ANN)).toMatchObject({ isGone: false });
  expect(asked).toEqual([]);
});

test('a Delete of an actor forgets him, and a Delete of a like takes it back', async () => {
  await federation.publish({ contentHash: 'abc' });
  await receive({ type: 'Follow', object: GILES });
  await receive({ type: 'Like', object: OBJECT });
  const like = await receive({ type: 'Like', actor: EVE, object: OBJECT });
  await receive({ type: 'Delete', actor: EVE, object: { id: like, type: 'Tombstone' } });
  expect(await federation.store.reactions.counts(OBJECT)).toMatchObject({ likes: 1 });
  await receive({ type: 'Delete', object: ANN });
  expect(await federation.store.reactions.counts(OBJECT)).toMatchObject({ likes: 0 });
  expect(await federation.store.followers.count('giles')).toBe(0);
  expect(await federation.store.remoteActors.find(ANN)).toMatchObject({ isGone: true });
});

test('a Move is followed if the new actor says that he was the old one', async () => {
  const { following } = federation.store;
  const target = 'https://new.example/users/ann';
  const wish = { username: 'giles', actorIri: ANN, followId: 'f1', state: 'accepted' } as const;
  await following.put({ ...wish, since: now });
  found.set(target, { alsoKnownAs: [EVE] });
  await receive({ type: 'Move', object: ANN, target });
  expect(await pendingIds()).toEqual([]);
  found.set(target, { alsoKnownAs: [EVE, ANN] });
  await receive({ type: 'Move', actor: EVE, object: ANN, target });
  expect(await pendingIds()).toEqual([]);
  await receive({ type: 'Move', object: ANN, target });
  expect(await onlyPending()).toMatchObject({
    type: 'Follow',
    actor: 'giles',
    objectIri: target,
    audience: { kind: 'actors', actorIris: [target] },
  });
});

test('a Move whose new actor cannot be asked now is tried again', async () => {
  const wish = { username: 'giles', actorIri: ANN, followId: 'f1', state: 'accepted' } as const;
  await federation.store.following.put({ ...wish, since: now });
  const { receivedId } = await store({
    type: 'Move',
    object: ANN,
    target: 'https://new.example/users/ann',
  });
  await expect(run(receivedId)).rejects.toMatchObject({ code: 'unavailable' });
});

test('a Block ends what is between the two', async () => {
  const { followers, following } = federation.store;
  await receive({ type: 'Follow', object: GILES });
  const wish = { username: 'giles', actorIri: ANN, followId: 'f1', state: 'accepted' } as const;
  await following.put({ ...wish, since: now });
  await receive({ type: 'Block', object: GILES });
  expect(await followers.count('giles')).toBe(0);
  expect(await following.find('giles', ANN)).toBeUndefined();
});

test('a Flag is kept for the operator, once', async () => {
  const id = await receive({ type: 'Flag', object: [GILES, { id: OBJECT }, 5], content: 'bad' });
  expect(await federation.store.reports.page('open', undefined, 10)).toEqual([
    {
      reportId: federation.store.receivedActivities.idOf(id),
      activityIri: id,
      actorIri: ANN,
      host: 'peer.example',
      objectIris: [GILES, OBJECT],
      content: 'bad',
      receivedAt: now,
      state: 'open',
    },
  ]);
});

test.each([
  { type: 'Dance', object: OBJECT },
  { type: 'Undo' },
  { type: 'Follow' },
  { type: 'Like', object: 7 },
  { type: 'Accept', object: [] },
  { type: 'Move', object: ANN },
  { type: 'constructor' },
])('$type without what it needs, or of an unknown type, is settled', async (activity) => {
  await receive(activity);
  expect(await pendingIds()).toEqual([]);
});

test('CPU-bound verification delaying lock renewal: no activity holds the loop of a worker', async () => {
  const content = '<a href="'.repeat(25_000);
  const object = { id: OBJECT, content, tag: Array.from({ length: 2000 }, () => ({ name: '#' })) };
  const types = ['Follow', 'Undo', 'Accept', 'Create', 'Like', 'Update', 'Delete', 'Move', 'Flag'];
  const stored = await Promise.all(
    Array.from({ length: 4 }, () => types.map((type) => store({ type, object, content }))).flat(),
  );
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  await Promise.all(stored.map(({ receivedId }) => run(receivedId)));
  delays.disable();
  expect(delays.max / 1e6).toBeLessThan(1000);
});
