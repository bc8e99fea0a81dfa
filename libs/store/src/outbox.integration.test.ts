import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Store } from './connect-store.ts';
import type { Outbox } from './outbox.ts';

let store: Store;
let outbox: Outbox;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
  outbox = store.users.outbox;
});
afterAll(() => store[Symbol.asyncDispose]());

const KIND = 'create-keys';
const at = (second: number) => new Date(Date.UTC(2026, 0, 6, 23, 1, second));

async function promise(username: string, second: number) {
  await store.users.insert({
    username,
    displayName: username,
    passwordHash: null,
    role: 'user',
    createdAt: at(second),
  });
}

test('finds what is overdue, the oldest first, and no more than asked for', async () => {
  for (const [name, second] of Object.entries({ c: 3, a: 1, b: 2, z: 30 })) {
    await promise(name, second);
  }
  expect(await outbox.due(KIND, at(10), 10)).toEqual(['a', 'b', 'c']);
  expect(await outbox.due(KIND, at(10), 2)).toEqual(['a', 'b']);
  expect(await outbox.due('another-kind', at(10), 10)).toEqual([]);
  expect(await outbox.due(KIND, at(10), 10, at(1))).toEqual(['b', 'c']);
  expect(await outbox.due(KIND, at(60), 10)).toHaveLength(4);
});

test('a sweep shows all that was overdue, batch after batch, and nothing else', async () => {
  await using sweep = outbox.sweep(KIND, at(10), 2);
  const first = await sweep.next();
  expect(first).toHaveLength(2);
  await promise('later', 5);
  const second = await sweep.next();
  expect([...first, ...second]).toEqual(expect.arrayContaining(['a', 'b', 'c']));
  expect([...first, ...second]).not.toContain('z');
  while ((await sweep.next()).length > 0);
  expect(await sweep.next()).toEqual([]);
});

test('of promises, those that still stand are told from those that were kept', async () => {
  await promise('standing', 1);
  expect([...(await outbox.standing(KIND, ['standing', 'nobody']))]).toEqual([
    ['standing', undefined],
  ]);
  expect(await outbox.standing('another-kind', ['standing'])).toEqual(new Map());
});

test('counts deaths, also at once, and leaves the promise where it is', async () => {
  await promise('deadly', 1);
  const counts = await Promise.all(
    Array.from({ length: 8 }, () => outbox.countCrash(KIND, 'deadly')),
  );
  expect(counts.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await outbox.due(KIND, at(10), 100)).toContain('deadly');
  expect(await outbox.countCrash(KIND, 'nobody')).toBe(0);
});

test('a promise is kept with its effect, once', async () => {
  await promise('kept', 1);
  const keys = { publicKeyPem: 'pem', publicKeyMultibase: 'z6Mk' };
  await store.users.settleKeys('kept', keys);
  await store.users.settleKeys('kept', { ...keys, publicKeyPem: 'other' });
  expect((await store.users.find('kept'))?.keys).toEqual(keys);
  expect(await outbox.due(KIND, at(10), 100)).not.toContain('kept');
});

test('a promise that is given up is not found again', async () => {
  await promise('given up', 1);
  await store.users.failKeys('given up', 'key-unusable', at(2));
  expect(await outbox.due(KIND, at(10), 100)).not.toContain('given up');
});
