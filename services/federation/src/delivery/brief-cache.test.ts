import { expect, test } from 'vitest';
import { createBriefCache } from './brief-cache.ts';

function setUp(capacity = 100) {
  const clock = { time: 0 };
  const asked: string[] = [];
  const cache = createBriefCache(
    async (key: string) => {
      asked.push(key);
      return key.length;
    },
    { ttlMs: 2000, capacity, now: () => new Date(clock.time) },
  );
  return { clock, asked, cache };
}

test('asks once in 2 s, also when many ask at the same time', async () => {
  const { clock, asked, cache } = setUp();
  await Promise.all(Array.from({ length: 600 }, () => cache.get('host')));
  clock.time = 1999;
  await cache.get('host');
  expect(asked).toHaveLength(1);
  clock.time = 2000;
  await cache.get('host');
  expect(asked).toHaveLength(2);
});

test('of changes at the same time each counts, and none makes it last longer', async () => {
  const { clock, asked, cache } = setUp();
  const changes = Array.from({ length: 4 }, () => cache.update('host', (known) => known + 1));
  await Promise.all(changes);
  expect(await cache.get('host')).toBe(8);
  clock.time = 2000;
  expect(await cache.get('host')).toBe(4);
  expect(asked).toHaveLength(2);
});

test('unbounded per-host state: what was asked for longest ago goes', async () => {
  const { asked, cache } = setUp(10);
  for (let host = 0; host < 11; host += 1) await cache.get(`host-${host}`);
  await cache.get('host-10');
  expect(asked).toHaveLength(11);
  await cache.get('host-0');
  expect(asked).toHaveLength(12);
});

test('does not remember that the store was away', async () => {
  const answers = [Promise.reject(new Error('away')), Promise.resolve('here')];
  const options = { ttlMs: 2000, capacity: 1, now: () => new Date(0) };
  const cache = createBriefCache<string | undefined>(async () => answers.shift(), options);
  await expect(cache.get('host')).rejects.toThrow('away');
  expect(await cache.get('host')).toBe('here');
});
