import { expect, test } from 'vitest';
import { createLruCache } from './lru-cache.ts';

test('forgets the entry used longest ago when it is full', () => {
  const cache = createLruCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBe(1);
  expect(cache.get('c')).toBe(3);
});

test('keeps the last value of a key and counts it once', () => {
  const cache = createLruCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('b', 3);
  expect(cache.get('a')).toBe(1);
  expect(cache.get('b')).toBe(3);
  cache.delete('b');
  expect(cache.get('b')).toBeUndefined();
});
