import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Store } from '../connect-store.ts';
import type { NewDelivery } from './delivery-repository.ts';

const now = new Date('2026-01-06T23:01:27Z');
const later = new Date('2026-01-07T00:00:00Z');
let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
});
afterAll(() => store[Symbol.asyncDispose]());

function deliveryTo(host: string, number: number): NewDelivery {
  return {
    activityId: `to-${host}-${number}`,
    actor: 'giles',
    inbox: `https://${host}/inbox`,
    host,
    objectIri: 'https://art.example/objects/1',
    publishedAt: now,
    hasPredecessor: false,
  };
}

async function failDeliveries(host: string, count: number, error: string): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => deliveryTo(host, index));
  const ids = await store.deliveries.insertMany(rows, now);
  await Promise.all(ids.map((id) => store.deliveries.end(id, 'failed', { at: now, error })));
  return ids;
}

const dueNow = (kind: string) =>
  ({
    'create-keys': store.users.outbox,
    'sign-activity': store.assets.outbox,
    'fan-out-activity': store.activities.outbox,
    'deliver-activity': store.deliveries.outbox,
    'process-inbox-activity': store.receivedActivities.outbox,
  })[kind]?.due(kind, new Date('2030-01-01'), 100);

async function groupOf(kind: string) {
  const groups = await store.failures.groups();
  return groups.filter((group) => group.kind === kind);
}

describe('deliveries', () => {
  let gone: string[];
  let broken: string[];
  beforeEach(async () => {
    gone = await failDeliveries('gone.example', 3, 'HTTP 410');
    broken = await failDeliveries('broken.example', 2, 'HTTP 404');
  });

  test('are grouped by error and host, tried again or dropped by group', async () => {
    expect(await groupOf('deliver-activity')).toEqual([
      {
        kind: 'deliver-activity',
        reason: 'HTTP 410',
        host: 'gone.example',
        count: 3,
        oldestAt: now,
        latestAt: now,
      },
      expect.objectContaining({ reason: 'HTTP 404', host: 'broken.example', count: 2 }),
    ]);
    const key = { kind: 'deliver-activity', reason: 'HTTP 410', host: 'gone.example' };
    expect(await store.failures.count(key)).toBe(3);
    expect(await store.failures.list(key, 2)).toHaveLength(2);
    expect(await store.failures.restore('deliver-activity', gone, later)).toBe(3);
    expect(await store.failures.restore('deliver-activity', gone, later)).toBe(0);
    expect((await dueNow('deliver-activity'))?.toSorted()).toEqual(gone.toSorted());
    const restored = await store.deliveries.find(gone[0] ?? '');
    expect(restored).toMatchObject({ state: 'pending', nextAt: later, attempts: 1 });
    expect(restored).not.toHaveProperty('endedAt');

    expect(await store.failures.dismiss('deliver-activity', [...gone, ...broken])).toBe(2);
    expect(await store.deliveries.find(broken[0] ?? '')).toMatchObject({ state: 'dropped' });
    expect(await groupOf('deliver-activity')).toEqual([]);
  });

  test('that a host is tried with again are no failures any more', async () => {
    await store.deliveries.retryHost('gone.example', now);
    await store.deliveries.retryHost('broken.example', now);
    expect(await groupOf('deliver-activity')).toEqual([]);
  });
});

test('a claim that could not be signed is promised anew under its activity', async () => {
  const asset = {
    name: 'a work',
    contentHash: 'abc',
    assetType: 'image',
    tags: [],
    metadata: '{}',
    createdAt: '2026-01-06T23:01:27Z',
    owner: 'giles',
    registeredAt: now,
    activityId: 'claim-1',
  };
  await store.assets.insert(asset);
  await store.assets.failClaim('claim-1', 'key-missing: no key', now);
  expect(await groupOf('sign-activity')).toMatchObject([
    { reason: 'key-missing: no key', count: 1 },
  ]);
  const key = { kind: 'sign-activity', reason: 'key-missing: no key' };
  expect(await store.failures.list(key, 10)).toEqual(['claim-1']);
  expect(await store.failures.restore('sign-activity', ['claim-1'], later)).toBe(1);
  expect(await dueNow('sign-activity')).toEqual(['claim-1']);
  expect(await store.assets.find('a work')).toMatchObject({ state: 'pending' });
  await store.assets.settleClaim('claim-1');
  expect(await store.assets.find('a work')).toMatchObject({ state: 'signed' });
});

test('a claim that was withdrawn meanwhile is not promised again', async () => {
  await store.assets.insert({
    name: 'withdrawn',
    contentHash: 'abd',
    assetType: 'image',
    tags: [],
    metadata: '{}',
    createdAt: 0,
    owner: 'giles',
    registeredAt: now,
    activityId: 'claim-2',
  });
  await store.assets.failClaim('claim-2', 'key-missing: no key', now);
  await store.assets.withdraw('claim-2');
  expect(await store.failures.restore('sign-activity', ['claim-2'], later)).toBe(0);
  expect(await groupOf('sign-activity')).toEqual([]);
});

test('keys and received activities come back, too', async () => {
  await store.users.insert({
    username: 'anna',
    displayName: 'Anna',
    passwordHash: null,
    role: 'user',
    createdAt: now,
  });
  await store.users.failKeys('anna', 'internal: unexpected failure', now);
  expect(await store.failures.restore('create-keys', ['anna'], later)).toBe(1);
  expect(await dueNow('create-keys')).toEqual(['anna']);

  const activityIri = 'https://peer.example/activities/1';
  await store.receivedActivities.insert({
    activityIri,
    type: 'Follow',
    actorIri: 'https://peer.example/users/a',
    host: 'peer.example',
    username: null,
    body: '{}',
    receivedAt: now,
  });
  const receivedId = store.receivedActivities.idOf(activityIri);
  await store.receivedActivities.fail(receivedId, 'internal: unexpected failure', now);
  expect(await groupOf('process-inbox-activity')).toMatchObject([{ host: 'peer.example' }]);
  expect(await store.failures.restore('process-inbox-activity', [receivedId], later)).toBe(1);
  expect(await store.receivedActivities.find(receivedId)).toMatchObject({ state: 'received' });
});

test('what L1s did not hear comes back under its own id, all of one document', async () => {
  const notices = new Map([
    ['notice-1', 'http://l1-1.example'],
    ['notice-2', 'http://l1-2.example'],
  ]);
  const expiresAt = new Date('2036-01-01');
  await store.tokens.revoke({ username: 'giles', tokenId: 't1', expiresAt, at: now, notices });
  await store.l1Notices.fail('notice-1', 'unavailable: away', now);
  await store.l1Notices.fail('notice-2', 'unavailable: away', now);
  const key = { kind: 'notify-l1', reason: 'unavailable: away' };
  expect(await store.failures.list(key, 10)).toEqual(['notice-2']);
  expect(await store.failures.restore('notify-l1', ['notice-2'], later)).toBe(1);
  const due = await store.l1Notices.outbox.due('notify-l1', new Date('2030-01-01'), 10);
  expect(due.toSorted()).toEqual(['notice-1', 'notice-2']);
  expect(await store.l1Notices.find('notice-1')).toMatchObject({ l1Server: 'http://l1-1.example' });
});

test('work that is still promised can be dropped, and then stays so', async () => {
  const [id = ''] = await store.deliveries.insertMany([deliveryTo('drop.example', 1)], now);
  const drop = () => store.failures.drop('deliver-activity', id, 'dropped by giles', later);
  expect(await drop()).toBe(true);
  expect(await drop()).toBe(false);
  expect(await store.deliveries.find(id)).toMatchObject({ state: 'dropped', endedAt: later });
  expect(await dueNow('deliver-activity')).not.toContain(id);
  expect(await store.failures.drop('no-such-kind', id, '', later)).toBe(false);
});
