import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createTestFederation, type TestFederation } from '../testing/create-test-federation.ts';

let federation: TestFederation;

beforeEach(async () => {
  federation = await createTestFederation({ mongodbUrl: inject('mongodbUrl') });
});
afterEach(() => federation[Symbol.asyncDispose]());

async function inboxesOf(activityId: string) {
  const rows = await federation.store.deliveries.listByActivity(activityId, 10_000);
  return rows.map((row) => row.inbox);
}

test('writes one delivery for each inbox: shared ones merged, our own dropped', async () => {
  await federation.follow('ann', 'https://a.example/inbox');
  await federation.follow('bob', 'https://a.example/inbox');
  await federation.follow('cid', 'https://b.example/users/cid/inbox');
  await federation.follow('own', 'https://art.test/inbox');
  const { activityId } = await federation.publish();
  const { ids } = await federation.fanOut(activityId);
  expect(await inboxesOf(activityId)).toEqual([
    'https://a.example/inbox',
    'https://b.example/users/cid/inbox',
  ]);
  const jobs = ids.map((id) => ({ queue: 'deliver-activity', id }));
  expect(federation.enqueued).toEqual(expect.arrayContaining(jobs));
  expect(await federation.store.activities.findUnsent(activityId)).toBeUndefined();
});

test('a share goes to the owner too, by the inbox that his followers share with him', async () => {
  await federation.follow('ann', 'https://a.example/inbox');
  await federation.follow('bob', 'https://b.example/inbox');
  const owners = ['https://a.example/users/owner', 'https://c.example/users/owner'];
  for (const actorIri of owners) {
    await federation.store.remoteActors.save({
      actorIri,
      type: 'Person',
      inbox: `${actorIri}/inbox`,
      sharedInbox: new URL('/inbox', actorIri).href,
      keys: [],
      fetchedAt: new Date(),
      isGone: false,
    });
  }
  const shared = await federation.publish({
    type: 'Announce',
    objectIri: 'https://a.example/objects/1',
    audience: { kind: 'followers', actorIris: owners },
  });
  await federation.fanOut(shared.activityId);
  expect(await inboxesOf(shared.activityId)).toEqual([
    'https://a.example/inbox',
    'https://b.example/inbox',
    'https://c.example/inbox',
  ]);
});

test('drops the hosts that an operator has blocked, with all below a blocked domain', async () => {
  await federation.follow('ann', 'https://bad.example/inbox');
  await federation.follow('bob', 'https://sub.bad.example:8443/inbox');
  await federation.follow('cid', 'https://good.example/inbox');
  await federation.store.hosts.setRule('bad.example', 'blocked');
  const { activityId } = await federation.publish();
  await federation.fanOut(activityId);
  expect(await inboxesOf(activityId)).toEqual(['https://good.example/inbox']);
});

test('run twice, and killed between its writes, it gives one row an inbox', async () => {
  await federation.follow('ann', 'https://a.example/inbox');
  const { activityId } = await federation.publish();
  const settle = federation.store.activities.settleFanOut;
  const killed = async () => {
    throw new Error('killed');
  };
  Object.assign(federation.store.activities, { settleFanOut: killed });
  await expect(federation.fanOut(activityId)).rejects.toThrow('killed');
  Object.assign(federation.store.activities, { settleFanOut: settle });
  await federation.fanOut(activityId);
  const { ids } = await federation.fanOut(activityId);
  expect(ids).toHaveLength(1);
});

test('while Redis takes no deliveries, the promise to send them out stays', async () => {
  await federation.follow('ann', 'https://a.example/inbox');
  const { activityId } = await federation.publish();
  const { producer } = federation.context;
  const { enqueueMany } = producer;
  Object.assign(producer, { enqueueMany: async () => 'deferred' });
  expect((await federation.fanOut(activityId)).outcome?.againAt).toBeInstanceOf(Date);
  expect(await federation.store.activities.findUnsent(activityId)).toBeDefined();
  Object.assign(producer, { enqueueMany });
  const { outcome, ids } = await federation.fanOut(activityId);
  expect(outcome).toBeUndefined();
  expect(federation.enqueued).toEqual([{ queue: 'deliver-activity', id: ids[0] }]);
  expect(await federation.store.activities.findUnsent(activityId)).toBeUndefined();
});

test('10,000 inboxes are written and enqueued a thousand at a time', async () => {
  const sizes: number[] = [];
  const { store, context } = federation;
  const insertMany = store.deliveries.insertMany;
  Object.assign(store.deliveries, {
    insertMany: (rows: Parameters<typeof insertMany>[0], now: Date) => {
      sizes.push(rows.length);
      return insertMany(rows, now);
    },
  });
  Object.assign(store.followers, {
    async *deliveryInboxes() {
      for (let peer = 0; peer < 10_000; peer += 1) yield `https://peer-${peer}.example/inbox`;
    },
  });
  expect(context.store).toBe(store);
  const { activityId } = await federation.publish();
  const { ids } = await federation.fanOut(activityId);
  expect(ids).toHaveLength(10_000);
  expect(sizes).toEqual(Array.from({ length: 10 }, () => 1000));
  expect(new Set(federation.enqueued.map((job) => job.id)).size).toBe(10_000);
});

test('an activity waits until the older one of the same object is in the ledger', async () => {
  await federation.follow('ann', 'https://a.example/inbox');
  const create = await federation.publish();
  const deletion = await federation.publish({ type: 'Delete' });
  const early = await federation.fanOut(deletion.activityId);
  expect(early).toMatchObject({
    outcome: { againAt: new Date(federation.clock.time + 600) },
    ids: [],
  });
  const [first = ''] = (await federation.fanOut(create.activityId)).ids;
  const [second = ''] = (await federation.fanOut(deletion.activityId)).ids;
  expect(await federation.row(first)).toMatchObject({ hasPredecessor: false });
  expect(await federation.row(second)).toMatchObject({ hasPredecessor: true });
});

test('an activity to actors goes to their inboxes, or to the one that several share', async () => {
  const actor = (host: string, name: string) => `https://${host}/users/${name}`;
  const known = [actor('a.example', 'ann'), actor('a.example', 'bob'), actor('b.example', 'cid')];
  for (const actorIri of known) {
    await federation.store.remoteActors.save({
      actorIri,
      type: 'Person',
      inbox: `${actorIri}/inbox`,
      sharedInbox: new URL('/inbox', actorIri).href,
      keys: [],
      fetchedAt: new Date(),
      isGone: false,
    });
  }
  const gone = actor('c.example', 'dan');
  const own = 'https://art.test/users/giles';
  const audience = { kind: 'actors', actorIris: [...known, ...known, own] } as const;
  const { activityId } = await federation.publish({ audience });
  await federation.fanOut(activityId);
  expect(await inboxesOf(activityId)).toEqual([
    'https://a.example/inbox',
    'https://b.example/users/cid/inbox',
  ]);
  const unknown = await federation.publish({
    audience: { kind: 'actors', actorIris: [gone] },
    objectIri: gone,
  });
  await expect(federation.fanOut(unknown.activityId)).rejects.toMatchObject({
    code: 'unavailable',
  });
});
