import { expect, test } from 'vitest';
import {
  ASSET_LIMITS,
  ASSET_TYPE_PATTERN,
  admitAsset,
  CONTENT_HASH_PATTERN,
} from './admit-asset.ts';

const asset = {
  name: 'effect:identity',
  contentHash: 'abc123...',
  assetType: 'effect',
  tags: ['real', 'αβγ'],
  metadata: '{}',
  url: 'https://art.example/cat.jpg',
};
const pointersOf = (changes: object) =>
  admitAsset({ ...asset, ...changes }).map((fault) => fault.pointer);

test.each(['cat', 'effect:identity', 'a b', '→ \u{1f408}', '__proto__', '{"$gt":""}', 'a/b'])(
  'takes the name %s',
  (name) => {
    expect(pointersOf({ name })).toEqual([]);
  },
);

test.each([' cat', 'cat\u00a0', 'c\u0000t', 'c\nt', 'c\u0085t', 'c\ud800t', '.', '..'])(
  'refuses the name %j',
  (name) => {
    expect(pointersOf({ name })).toEqual(['/name']);
  },
);

test.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'cat.jpg',
  'https://giles:secret@art.example/',
  'https://',
])('refuses the URL %s', (url) => {
  expect(pointersOf({ url })).toEqual(['/url']);
});

test('finds every fault at once and says which tag it is', () => {
  expect(pointersOf({ name: ' ', tags: ['good', 'b\u0007d'], url: 'x' })).toEqual([
    '/name',
    '/tags/1',
    '/url',
  ]);
});

test('metadata are bounded in bytes, not in characters', () => {
  const fit = (bytes: number) =>
    `{"t":"${'→'.repeat((bytes - 8) / 3)}${'x'.repeat((bytes - 8) % 3)}"}`;
  expect(Buffer.byteLength(fit(ASSET_LIMITS.metadataBytes))).toBe(ASSET_LIMITS.metadataBytes);
  expect(pointersOf({ metadata: fit(ASSET_LIMITS.metadataBytes) })).toEqual([]);
  expect(pointersOf({ metadata: fit(ASSET_LIMITS.metadataBytes + 1) })).toEqual(['/metadata']);
});

test.each([
  ['abc123...', true],
  ['33268b6e167deaf018cc538de12dbe562612b33e89a749391cef855b320a269b', true],
  ['sha3:a_b-c', true],
  ['', false],
  ['a/b', false],
  ['a b', false],
  ['é', false],
  ['a\n', false],
  ['x'.repeat(129), false],
])('content hash %j: %s', (hash, isRight) => {
  expect(new RegExp(CONTENT_HASH_PATTERN, 'u').test(hash)).toBe(isRight);
});

test.each([
  ['image', true],
  ['x-recipe.v2', true],
  ['2d', false],
  ['a b', false],
  ['$gt', false],
  ['', false],
])('asset type %j: %s', (type, isRight) => {
  expect(new RegExp(ASSET_TYPE_PATTERN, 'u').test(type)).toBe(isRight);
});
