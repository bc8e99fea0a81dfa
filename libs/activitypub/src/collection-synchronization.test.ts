import { expect, test } from 'vitest';
import {
  buildCollectionSynchronization,
  digestFollowers,
  parseCollectionSynchronization,
} from './collection-synchronization.ts';

const value = {
  collectionId: 'https://example.org/users/1/followers',
  url: 'https://example.org/users/1/followers_synchronization',
  digest: 'c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f',
};
const field = `collectionId="${value.collectionId}", url="${value.url}", digest="${value.digest}"`;
const [one, two] = [1, 2].map((number) => `https://testing.example.org/users/${number}`);

test('the digest is that of the example of FEP-8fcf, in any order, each follower once', () => {
  expect(digestFollowers([one ?? '', two ?? ''])).toBe(value.digest);
  expect(digestFollowers([two ?? '', one ?? '', two ?? ''])).toBe(value.digest);
  expect(digestFollowers([])).toBe('0'.repeat(64));
});

test('the header field is that of the example, both ways', () => {
  expect(buildCollectionSynchronization(value)).toBe(field);
  expect(parseCollectionSynchronization(field)).toEqual(value);
  expect(parseCollectionSynchronization(field.replaceAll(', ', ','))).toEqual(value);
});

test.each([
  '',
  'collectionId="a", url="b"',
  `${field}, url="https://evil.example"`,
  field.replace('c33f', 'zzzz'),
  field.replace('c33f', ''),
  `${field}, rest`,
  `${field}, x="${'x'.repeat(5000)}"`,
])('%j is none', (text) => {
  expect(parseCollectionSynchronization(text)).toBeUndefined();
});
