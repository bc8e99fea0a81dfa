import { createTestPrefix, delayCopies, startTcpProxy } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createConsumer } from './consumer.ts';
import { allContracts } from './contracts/all-contracts.ts';
import { createKeys } from './contracts/create-keys.ts';
import { deliverActivity } from './contracts/deliver-activity.ts';
import { jobIdOf } from './contracts/queue-contract.ts';
import { signActivity } from './contracts/sign-activity.ts';
import { openQueue } from './open-queue.ts';
import { createProducer, type Producer } from './producer.ts';
import { createQueueInspector, type QueueInspector } from './queue-inspector.ts';
import { connectWorkerRedis } from './redis.ts';
import type { JobHandler } from './run-job.ts';

const queues = { redisUrl: inject('redisUrl'), prefix: createTestPrefix() };
const observer = {
  jobDone: () => undefined,
  jobFailed: () => undefined,
  jobPostponed: () => undefined,
  workerReplaced: () => undefined,
};

const parts = new AsyncDisposableStack();
let producer: Producer;
let inspector: QueueInspector;
beforeAll(() => {
  producer = parts.use(createProducer(queues));
  inspector = parts.use(createQueueInspector(queues));
});
afterAll(() => parts.disposeAsync());

test('every queue is there before anything was enqueued, and has no worker', async () => {
  const reports = await inspector.inspectAll();
  expect(reports.map(({ name }) => name)).toEqual(allContracts.map(({ name }) => name));
  expect(reports[0]).toEqual({
    name: 'create-keys',
    isPaused: false,
    workers: 0,
    counts: { waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0 },
    oldestWaitingMs: 0,
    completedPerSecond: 0,
    relayed: { recently: 0, usually: 0 },
  });
});

test('what relays had to enqueue again shows, for all of them together', async () => {
  await producer.enqueue(signActivity, 'there');
  for (const [lost, wanted] of [
    [
      ['lost 1', 'lost 2'],
      ['there', 'lost 1', 'lost 2'],
    ],
    [['lost 3'], ['there', 'lost 1', 'lost 3']],
  ] as const) {
    expect(await producer.findLost(signActivity, wanted)).toEqual(lost);
    await producer.relay(signActivity, new Map(lost.map((id) => [id, undefined])));
  }
  expect((await inspector.inspect(signActivity)).relayed).toEqual({ recently: 3, usually: 0 });
});

test('a job shows its ids, its tries and why it failed', async () => {
  await producer.enqueueMany(createKeys, ['broken', 'later', 'well']);
  expect(await inspector.inspect(createKeys)).toMatchObject({ counts: { waiting: 3 } });
  const handler: JobHandler<typeof createKeys.schema> = {
    contract: createKeys,
    async process({ username }) {
      if (username === 'broken') throw Object.assign(new Error('no disk'), { token: 'secret' });
      return username === 'later' ? { againAt: new Date(Date.now() + 3_600_000) } : undefined;
    },
    setAside: async () => undefined,
  };
  await using consumer = createConsumer(
    { ...handler, contract: { ...createKeys, attempts: 1 } },
    { ...queues, isOutage: () => false, observer },
  );
  await expect
    .poll(() => inspector.inspect(createKeys), { timeout: 10_000 })
    .toMatchObject({
      workers: 1,
      counts: { waiting: 0, active: 0, delayed: 1, completed: 1, failed: 1 },
      completedPerSecond: 1 / 60,
    });
  await consumer.check();
  const broken = await inspector.findJob(createKeys, 'broken');
  expect(broken).toEqual({
    jobId: jobIdOf(createKeys, 'broken'),
    workId: 'broken',
    state: 'failed',
    enqueuedAt: expect.any(Date),
    dueAt: undefined,
    startedAt: expect.any(Date),
    endedAt: expect.any(Date),
    attempts: 1,
    maxAttempts: 8,
    stalls: 0,
    failureReason: 'internal: unexpected failure',
  });
  const later = await inspector.findJob(createKeys, 'later');
  expect(later?.state).toBe('delayed');
  expect(Number(later?.dueAt)).toBeGreaterThan(Date.now() + 3_500_000);
  expect(await inspector.findJob(createKeys, 'nobody')).toBeUndefined();
});

test('what has just come to its time has not waited since it was enqueued', async () => {
  await inspector.pause(createKeys);
  await producer.hurry(createKeys, ['later']);
  expect(await inspector.inspect(createKeys)).toMatchObject({
    isPaused: true,
    workers: 0,
    counts: { waiting: 1, delayed: 0 },
    oldestWaitingMs: 0,
  });
  await inspector.resume(createKeys);
  expect(await inspector.inspect(createKeys)).toMatchObject({ isPaused: false });
});

test('a job can be taken off its queue', async () => {
  expect(await inspector.removeJob(createKeys, 'later')).toBe(true);
  expect(await inspector.removeJob(createKeys, 'later')).toBe(false);
  expect(await inspector.findJob(createKeys, 'later')).toBeUndefined();
});

describe('with 100,000 delayed jobs', () => {
  const total = 100_000;
  beforeAll(async () => {
    const { redis } = connectWorkerRedis(queues.redisUrl);
    const queue = openQueue(deliverActivity, { redis, prefix: queues.prefix });
    await producer.enqueue(deliverActivity, 'd0');
    await delayCopies({
      redisUrl: queues.redisUrl,
      queueKey: queue.toKey(''),
      jobId: jobIdOf(deliverActivity, 'd0'),
      count: total,
    });
    await queue.drain();
    await queue.close();
    redis.disconnect();
  });

  test.each([0, 50_000, 99_990])('a page from %i on is a range, not the whole', async (start) => {
    await using proxy = await startTcpProxy(queues.redisUrl);
    const redisUrl = `redis://127.0.0.1:${proxy.port}`;
    await using watched = createQueueInspector({ ...queues, redisUrl });
    const page = await watched.listJobs(deliverActivity, 'delayed', { start, limit: 100 });
    expect(proxy.answeredBytes()).toBeLessThan(200_000);
    const reports = await watched.inspectAll();
    expect(page.total).toBe(total);
    expect(page.jobs).toHaveLength(Math.min(100, total - start));
    expect(page.jobs[0]).toMatchObject({ jobId: `job${start + 1}`, workId: 'd0' });
    expect(Number(page.jobs[0]?.dueAt)).toBeGreaterThan(Date.now());
    expect(reports[3]?.counts.delayed).toBe(total);
  });
});

test('the server tells what jobs depend on', async () => {
  const facts = await inspector.inspectRedis();
  expect(facts).toMatchObject({ version: expect.stringMatching(/^\d+\./), memoryShare: 0 });
  expect(facts.evictionPolicy).toBe('noeviction');
  expect(Math.abs(facts.time.getTime() - Date.now())).toBeLessThan(60_000);
});

test('without Redis it says so at once', async () => {
  await using away = createQueueInspector({ ...queues, redisUrl: 'redis://127.0.0.1:1' });
  await expect(away.inspectAll()).rejects.toThrow('Redis is away.');
});
