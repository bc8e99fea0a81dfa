import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Store } from '../connect-store.ts';

const ADA = 'https://peer.example/users/ada';
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
});
afterAll(() => store[Symbol.asyncDispose]());

describe('activities', () => {
  const pending = (activityId: string, type: string, seconds: number, objectIri = ADA) => ({
    activityId,
    type,
    actor: 'giles',
    publishedAt: at(seconds),
    objectIri,
    audience: { kind: 'followers' } as const,
    isPublic: true,
    draft: '{}',
  });

  test('the latest of a type about an object is found, signed or not', async () => {
    await store.activities.insertPending(pending('f1', 'Follow', 1));
    await store.activities.insertPending(pending('f2', 'Follow', 2));
    await store.activities.insertPending({ ...pending('u1', 'Undo', 3), takesBack: 'f2' });
    const latest = { activityId: 'f2', publishedAt: at(2) };
    expect(await store.activities.findLatest('giles', 'Follow', ADA)).toMatchObject(latest);
    expect(await store.activities.findLatest('eve', 'Follow', ADA)).toBeUndefined();
    expect(await store.activities.exists('u1')).toBe(true);
    expect(await store.activities.exists('u2')).toBe(false);
    expect(await store.activities.findPending('u1')).toMatchObject({ takesBack: 'f2' });
  });

  test('another claim of the same actor stands until it is withdrawn', async () => {
    const object = 'https://art.example/objects/h';
    for (const id of ['c1', 'c2'])
      await store.activities.insertPending(pending(id, 'Create', 1, object));
    expect(await store.activities.hasOtherClaim('giles', object, 'c1')).toBe(true);
    await store.activities.withdraw('c2', at(5));
    expect(await store.activities.hasOtherClaim('giles', object, 'c1')).toBe(false);
    expect(await store.activities.hasOtherClaim('eve', object, 'c1')).toBe(false);
  });
});

test('a profile is not overwritten by an older one', async () => {
  const user = {
    username: 'giles',
    displayName: 'giles',
    passwordHash: null,
    role: 'user',
  } as const;
  await store.users.insert({ ...user, createdAt: at(0) });
  await store.users.setProfile('giles', { displayName: 'New', summary: 'S' }, at(2));
  await store.users.setProfile('giles', { displayName: 'Old' }, at(1));
  expect(await store.users.find('giles')).toMatchObject({ displayName: 'New', summary: 'S' });
  await store.users.setProfile('giles', { displayName: 'Newer' }, at(3));
  const last = await store.users.find('giles');
  expect(last?.displayName).toBe('Newer');
  expect(last).not.toHaveProperty('summary');
  expect(last).not.toHaveProperty('profileAt');
});

test('a handle is that of the actor whom it was given last', async () => {
  for (const name of ['ada', 'ada2']) {
    await store.remoteActors.save({
      actorIri: `https://peer.example/users/${name}`,
      type: 'Person',
      inbox: `https://peer.example/users/${name}/inbox`,
      keys: [],
      fetchedAt: at(0),
      isGone: false,
    });
    await store.remoteActors.rememberHandle(
      `https://peer.example/users/${name}`,
      'ada@peer.example',
    );
  }
  const found = await store.remoteActors.findByHandle('ada@peer.example');
  expect(found?.actorIri).toBe('https://peer.example/users/ada2');
  expect(await store.remoteActors.find(ADA)).not.toHaveProperty('handle');
});

test('backlogs are counted for the hosts that are asked for', async () => {
  const row = (host: string, index: number) => ({
    activityId: `a${index}`,
    actor: 'giles',
    inbox: `https://${host}/inbox/${index}`,
    host,
    objectIri: ADA,
    publishedAt: at(index),
    hasPredecessor: false,
  });
  const ids = await store.deliveries.insertMany(
    [row('b.example', 2), row('b.example', 1), row('c.example', 0)],
    at(9),
  );
  expect(await store.deliveries.backlogsOf(['b.example', 'none.example'])).toEqual([
    { host: 'b.example', pending: 2, oldestAt: at(1) },
  ]);
  expect(await store.deliveries.backlogsOf([])).toEqual([]);
  expect(await store.deliveries.listPending('b.example', 10)).toEqual([ids[1], ids[0]]);
  expect(await store.deliveries.listPending('b.example', 1)).toEqual([ids[1]]);
});
