import { expect, test } from 'vitest';
import { createIris } from './iris.ts';

const iris = createIris('https://art.example');

test('every IRI stands under the public URL', () => {
  expect(iris.actor('giles')).toBe('https://art.example/users/giles');
  expect(iris.inbox('giles')).toBe('https://art.example/users/giles/inbox');
  expect(iris.outbox('giles')).toBe('https://art.example/users/giles/outbox');
  expect(iris.followers('giles')).toBe('https://art.example/users/giles/followers');
  expect(iris.following('giles')).toBe('https://art.example/users/giles/following');
  expect(iris.mainKey('giles')).toBe('https://art.example/users/giles#main-key');
  expect(iris.sharedInbox()).toBe('https://art.example/inbox');
  expect(iris.activity('0199')).toBe('https://art.example/activities/0199');
  expect(iris.object('abc123...')).toBe('https://art.example/objects/abc123...');
});

test('an object has collections of its likes and shares', () => {
  expect(iris.likes('abc')).toBe('https://art.example/objects/abc/likes');
  expect(iris.shares('abc')).toBe('https://art.example/objects/abc/shares');
});

test.each([
  ['https://art.example/objects/abc123...', 'abc123...'],
  ['https://art.example/objects/', undefined],
  ['https://art.example/objects/abc/likes', undefined],
  ['https://other.example/objects/abc', undefined],
])('the content hash of %s is %s', (iri, contentHash) => {
  expect(iris.contentHashOf(iri)).toBe(contentHash);
});

test('a name in an IRI is encoded', () => {
  expect(iris.registryEntry('effect:a b/→')).toBe(
    'https://art.example/registry/effect%3Aa%20b%2F%E2%86%92',
  );
});

test.each([
  ['https://art.example/users/giles', 'giles'],
  ['https://art.example/users/', undefined],
  ['https://art.example/users/giles/outbox', undefined],
  ['https://art.example/users/giles#main-key', undefined],
  ['https://art.example.evil/users/giles', undefined],
  ['https://other.example/users/giles', undefined],
])('the user of %s is %s', (iri, username) => {
  expect(iris.usernameOf(iri)).toBe(username);
});

test.each([
  ['https://art.example/users/giles/followers', 'giles'],
  ['https://art.example/users/giles', undefined],
  ['https://art.example/users/giles/followers/followers', undefined],
  ['https://other.example/users/giles/followers', undefined],
])('the user whose followers %s has is %s', (iri, username) => {
  expect(iris.followedIn(iri)).toBe(username);
});

test('the id of an activity is in its IRI', () => {
  expect(iris.activityIdOf('https://art.example/activities/0199')).toBe('0199');
  expect(iris.activityIdOf('https://other.example/activities/0199')).toBeUndefined();
});
