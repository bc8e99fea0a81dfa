import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Store } from '../connect-store.ts';
import type { NewUser } from './user-repository.ts';

let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
});
afterAll(() => store[Symbol.asyncDispose]());

const createdAt = new Date('2026-01-06T23:01:27Z');
const later = new Date('2026-01-06T23:31:27Z');

function userNamed(username: string, changes: Partial<NewUser> = {}): NewUser {
  return {
    username,
    displayName: username,
    passwordHash: null,
    role: 'user',
    createdAt,
    ...changes,
  };
}

test('gives a user back without what only the store needs', async () => {
  const user = userNamed('anna', { email: 'anna@art.example', invite: 'hash' });
  await store.users.insert(user);
  const { invite: _, ...shown } = user;
  expect(await store.users.find('anna')).toEqual({ ...shown, keys: null });
  expect(await store.users.exists('anna')).toBe(true);
  expect(await store.users.find('nobody')).toBeUndefined();
});

test('of many with one name or one invite one gets in', async () => {
  const names = ['x1', 'x1', 'x1', 'x2', 'x3'];
  const results = await Promise.all(
    names.map((name) => store.users.insert(userNamed(name, { invite: 'one invite' }))),
  );
  expect(results.filter((result) => result === 'inserted')).toHaveLength(1);
});

test('users without an invite are not in each other’s way', async () => {
  expect(await store.users.insert(userNamed('y1'))).toBe('inserted');
  expect(await store.users.insert(userNamed('y2'))).toBe('inserted');
});

test('a set-up token sets the password once', async () => {
  await store.users.insert(userNamed('first'));
  await store.users.offerSetup('first', 'token', later);
  const uses = await Promise.all(
    ['one', 'two', 'three'].map((hash) => store.users.completeSetup('token', hash, createdAt)),
  );
  const user = uses.find((use) => use !== undefined);
  expect(uses.filter((use) => use !== undefined)).toHaveLength(1);
  expect((await store.users.find('first'))?.passwordHash).toBe(user?.passwordHash);
  expect(await store.users.findBySetup('token', createdAt)).toBeUndefined();
});

test('a set-up token ends, and a new one makes the old void', async () => {
  await store.users.insert(userNamed('slow'));
  await store.users.offerSetup('slow', 'old', later);
  expect(await store.users.completeSetup('old', 'hash', later)).toBeUndefined();
  await store.users.offerSetup('slow', 'new', later);
  expect(await store.users.findBySetup('old', createdAt)).toBeUndefined();
  expect((await store.users.findBySetup('new', createdAt))?.username).toBe('slow');
});

test('a password that is set in another way makes the set-up token void', async () => {
  await store.users.insert(userNamed('both'));
  await store.users.offerSetup('both', 'link', later);
  expect(await store.users.setPasswordHash('both', 'hash')).toBe(true);
  expect(await store.users.completeSetup('link', 'other', createdAt)).toBeUndefined();
  expect(await store.users.setPasswordHash('nobody', 'hash')).toBe(false);
});
