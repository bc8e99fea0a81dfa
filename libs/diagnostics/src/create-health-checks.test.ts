import { type QueueReport, signActivity } from '@artdag/queues';
import { askHealth } from '@artdag/runtime';
import { expect, test } from 'vitest';
import { createHealthChecks } from './create-health-checks.ts';

const now = new Date('2026-01-06T23:01:27Z');
const facts = {
  version: '8',
  evictionPolicy: 'noeviction',
  isPersistent: true,
  memoryShare: 0,
  hasMemoryLimit: true,
  time: now,
};
const well: QueueReport = {
  name: 'sign-activity',
  isPaused: false,
  workers: 1,
  counts: { waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0 },
  oldestWaitingMs: 0,
  completedPerSecond: 0,
  relayed: { recently: 0, usually: 0 },
};

interface World {
  readonly report?: Partial<QueueReport>;
  readonly mongodbTime?: Date;
  readonly isRedisAway?: boolean;
}

/** What `/health/ready` says of a world, and how often the queue was asked for it. */
async function ask(isWorker: boolean, { report, mongodbTime = now, isRedisAway }: World) {
  let asked = 0;
  const checks = createHealthChecks({
    store: {
      inspectServer: async () => ({
        version: '8',
        isBeta: false,
        isWritable: true,
        time: mongodbTime,
      }),
    },
    inspector: {
      async inspect() {
        asked += 1;
        if (isRedisAway) throw new Error('Redis does not answer.');
        return { ...well, ...report };
      },
      inspectRedis: async () => facts,
    },
    contracts: [signActivity],
    isWorker,
    now: () => now,
  });
  const { ready, checks: rows } = await askHealth(checks);
  return { ready, asked, reasons: rows.flatMap(({ reason }) => reason ?? []) };
}

const noWorker = { report: { workers: 0 } };
const skew = { mongodbTime: new Date(now.getTime() + 31_000) };
const manyLost = { report: { relayed: { recently: 100, usually: 1 } } };

test.each<[string, World, string, { worker: boolean; gateway: boolean }]>([
  ['all is well', {}, '', { worker: true, gateway: true }],
  [
    'nobody serves the queue',
    noWorker,
    'queue without a worker: sign-activity',
    { worker: false, gateway: true },
  ],
  [
    'a clock is off',
    skew,
    'clock skew: MongoDB is 31.0 s ahead of this machine',
    { worker: false, gateway: true },
  ],
  [
    'much was lost',
    manyLost,
    'relay finds more than usual: in five minutes 100 of sign-activity',
    { worker: true, gateway: true },
  ],
])('where %s', async (_, world, reason, ready) => {
  for (const [isWorker, expected] of [
    [true, ready.worker],
    [false, ready.gateway],
  ] as const) {
    const answer = await ask(isWorker, world);
    expect(answer.ready).toBe(expected);
    expect(answer.reasons).toEqual(reason === '' ? [] : [reason]);
  }
});

test('a gateway stays ready while Redis is away', async () => {
  expect(await ask(false, { isRedisAway: true })).toMatchObject({ ready: true });
  expect(await ask(true, { isRedisAway: true })).toMatchObject({ ready: false });
});

test('one look answers all checks, as strangers may ask often', async () => {
  expect((await ask(false, {})).asked).toBe(1);
});
