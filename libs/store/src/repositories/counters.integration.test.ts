import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Store } from '../connect-store.ts';

let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
});
afterAll(() => store[Symbol.asyncDispose]());

const now = new Date('2026-01-06T23:01:27Z');
const tomorrow = new Date('2026-01-07T23:01:27Z');
const times = <T>(count: number, act: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));

describe('attempts', () => {
  test.each(Array.from({ length: 5 }, (_, round) => round))(
    'are counted one by one though they come at once (round %i)',
    async (round) => {
      const counts = await times(32, () => store.attempts.count(`race ${round}`, 60, now));
      expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, n) => n + 1));
    },
  );

  test('are counted by key and begin anew in the next window', async () => {
    await store.attempts.count('a', 60, now);
    expect(await store.attempts.count('b', 60, now)).toBe(1);
    expect(await store.attempts.count('a', 60, now)).toBe(2);
    expect(await store.attempts.count('a', 60, new Date(now.getTime() + 60_000))).toBe(1);
  });
});

describe('an idempotency key', () => {
  test.each(Array.from({ length: 5 }, (_, round) => round))(
    'is bound once though its requests come at once (round %i)',
    async (round) => {
      const uses = await times(32, () => store.idempotencyKeys.use(`k${round}`, 'one', tomorrow));
      expect(uses.filter((use) => use === 'first')).toHaveLength(1);
      expect(uses.filter((use) => use === 'same')).toHaveLength(31);
    },
  );

  test('tells another request', async () => {
    expect(await store.idempotencyKeys.use('key', 'one', tomorrow)).toBe('first');
    expect(await store.idempotencyKeys.use('key', 'two', tomorrow)).toBe('other');
    expect(await store.idempotencyKeys.use('key', 'one', tomorrow)).toBe('same');
  });
});

test('an invite is open until it ends', async () => {
  await store.invites.insert('hash', 'giles', tomorrow);
  expect(await store.invites.isOpen('hash', now)).toBe(true);
  expect(await store.invites.isOpen('hash', new Date(tomorrow.getTime() + 1))).toBe(false);
  expect(await store.invites.isOpen('other', now)).toBe(false);
});
