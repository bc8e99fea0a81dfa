import type { QueueReport, RedisFacts } from '@artdag/queues';
import { describe, expect, test } from 'vitest';
import { judgeClock, readClock } from './judge-clock.ts';
import { judgeMongodb } from './judge-mongodb.ts';
import { judgeQueues } from './judge-queues.ts';
import { judgeRedis } from './judge-redis.ts';

const now = new Date('2026-01-06T23:01:27Z');

const well: QueueReport = {
  name: 'sign-activity',
  isPaused: false,
  workers: 1,
  counts: { waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0 },
  oldestWaitingMs: 0,
  completedPerSecond: 0,
  relayed: { recently: 0, usually: 0 },
};
const redis: RedisFacts = {
  version: '8.0.1',
  evictionPolicy: 'noeviction',
  isPersistent: true,
  memoryShare: 0.1,
  hasMemoryLimit: true,
  time: now,
};
const mongodb = { version: '8.0.4', isBeta: false, isWritable: true, time: now };

const statesOf = (findings: ReturnType<typeof judgeQueues>) =>
  Object.fromEntries(findings.filter(({ state }) => state !== 'ok').map((f) => [f.check, f.state]));

describe('queues', () => {
  test.each<[string, Partial<QueueReport>, object]>([
    ['are well', {}, {}],
    ['have no worker', { workers: 0 }, { 'queue-workers': 'failure' }],
    ['wait for over a minute', { oldestWaitingMs: 61_000 }, { 'queue-wait': 'warning' }],
    ['wait for over ten minutes', { oldestWaitingMs: 601_000 }, { 'queue-wait': 'failure' }],
    ['are paused', { isPaused: true, oldestWaitingMs: 601_000 }, { 'queue-pause': 'warning' }],
    ['lost a few jobs', { relayed: { recently: 20, usually: 0 } }, {}],
    ['lost many jobs', { relayed: { recently: 21, usually: 0 } }, { relay: 'warning' }],
    ['lose as many as ever', { relayed: { recently: 500, usually: 100 } }, {}],
  ])('%s', (_, change, expected) => {
    expect(statesOf(judgeQueues([well, { ...well, ...change }]))).toEqual(expected);
  });

  test('are named, with the reason in words', () => {
    const [workers] = judgeQueues([well, { ...well, name: 'deliver-activity', workers: 0 }]);
    expect(workers?.finding).toBe('queue without a worker: deliver-activity');
  });
});

test.each<[Partial<RedisFacts>, object]>([
  [{}, {}],
  [{ evictionPolicy: 'allkeys-lru' }, { 'redis-eviction': 'failure' }],
  [{ isPersistent: false }, { 'redis-persistence': 'warning' }],
  [{ hasMemoryLimit: false, memoryShare: 0 }, { 'redis-memory': 'warning' }],
  [{ memoryShare: 0.6 }, { 'redis-memory': 'warning' }],
  [{ memoryShare: 0.8 }, { 'redis-memory': 'failure' }],
])('Redis with %j', (change, expected) => {
  expect(statesOf(judgeRedis({ ...redis, ...change }))).toEqual(expected);
});

test.each<[Partial<typeof mongodb>, object]>([
  [{}, {}],
  [{ isWritable: false }, { mongodb: 'failure' }],
  [{ isBeta: true }, { 'mongodb-server': 'warning' }],
  [{ version: '5.0.9' }, { 'mongodb-server': 'warning' }],
])('MongoDB with %j', (change, expected) => {
  expect(statesOf(judgeMongodb({ ...mongodb, ...change }))).toEqual(expected);
});

describe('a clock', () => {
  test.each([
    [0, 'ok', 'agrees with Redis'],
    [1900, 'ok', 'agrees with Redis'],
    [2600, 'warning', 'clock skew: Redis is 2.6 s ahead of this machine'],
    [-600_000, 'failure', 'clock skew: Redis is 600.0 s behind this machine'],
  ])('that is %i ms ahead', (aheadMs, state, finding) => {
    const reading = { server: 'Redis', aheadMs, uncertaintyMs: 100 };
    expect(judgeClock([reading])).toMatchObject({ state, finding });
  });

  test('is read in the middle of the question, which may have taken long', async () => {
    const times = [now.getTime(), now.getTime() + 6000];
    const reading = await readClock(
      'MongoDB',
      async () => new Date(now.getTime() + 6000),
      () => new Date(times.shift() ?? 0),
    );
    expect(reading).toEqual({ server: 'MongoDB', aheadMs: 3000, uncertaintyMs: 3000 });
    expect(judgeClock([reading])).toMatchObject({ state: 'ok' });
  });
});
