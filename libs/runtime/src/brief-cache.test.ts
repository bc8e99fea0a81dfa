import { expect, test } from 'vitest';
import { createBriefCache } from './brief-cache.ts';

function countingCache(maxEntries = 10) {
  const clock = { now: 0 };
  const loads: string[] = [];
  const load = async (key: string) => {
    loads.push(key);
    if (key === 'broken') throw new Error('no');
    return loads.length;
  };
  const cache = createBriefCache(load, { ttlMs: 100, maxEntries, now: () => clock.now });
  return { cache, clock, loads };
}

test('loads once for all who ask at the same time', async () => {
  const { cache, loads } = countingCache();
  expect(await Promise.all([cache.get('a'), cache.get('a')])).toEqual([1, 1]);
  expect(loads).toEqual(['a']);
});

test('loads anew when the time to live is over, or when told to forget', async () => {
  const { cache, clock } = countingCache();
  await cache.get('a');
  clock.now = 99;
  expect(await cache.get('a')).toBe(1);
  clock.now = 100;
  expect(await cache.get('a')).toBe(2);
  cache.forget('a');
  expect(await cache.get('a')).toBe(3);
});

test('does not remember a failure', async () => {
  const { cache, loads } = countingCache();
  await expect(cache.get('broken')).rejects.toThrow('no');
  await expect(cache.get('broken')).rejects.toThrow('no');
  expect(loads).toHaveLength(2);
});

test('holds no more than it may', async () => {
  const { cache, loads } = countingCache(2);
  for (const key of ['a', 'b', 'c', 'b', 'a']) await cache.get(key);
  expect(loads).toEqual(['a', 'b', 'c', 'a']);
});
