import { expect, test } from 'vitest';
import { BoundedCache } from './bounded-cache.ts';

const at = (ms: number) => new Date(ms);

test('drops the least recently used beyond its size', () => {
  const cache = new BoundedCache<number>(2, 1000);
  cache.set('a', 1, at(0));
  cache.set('b', 2, at(0));
  cache.get('a', at(0));
  cache.set('c', 3, at(0));
  expect(['a', 'b', 'c'].map((key) => cache.get(key, at(0)))).toEqual([1, undefined, 3]);
  expect(cache.size).toBe(2);
});

test('forgets after its time, which use does not prolong', () => {
  const cache = new BoundedCache<number>(2, 1000);
  cache.set('a', 1, at(0));
  expect(cache.get('a', at(999))).toBe(1);
  expect(cache.get('a', at(1000))).toBeUndefined();
  expect(cache.size).toBe(0);
});
