import { createServer } from 'node:net';
import { createTestPrefix, startTcpProxy } from '@artdag/testing';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { listenForCompletions } from './completions.ts';
import { createConsumer } from './consumer.ts';
import { createKeys } from './contracts/create-keys.ts';
import { jobIdOf } from './contracts/queue-contract.ts';
import { openQueue } from './open-queue.ts';
import { createProducer } from './producer.ts';
import { connectWorkerRedis } from './redis.ts';
import { startRelay } from './relay.ts';
import type { JobHandler } from './run-job.ts';

let stack: AsyncDisposableStack;
let queues: { redisUrl: string; prefix: string };
beforeEach(() => {
  stack = new AsyncDisposableStack();
  queues = { redisUrl: inject('redisUrl'), prefix: createTestPrefix() };
});
afterEach(() => stack.disposeAsync());

const quick = { ...createKeys, backoffMs: 1 };
const nobody = {
  jobDone: vi.fn(),
  jobFailed: vi.fn(),
  jobPostponed: vi.fn(),
  workerReplaced: vi.fn(),
};
const outbox = {
  due: async () => [],
  sweep: () => ({ next: async () => ['giles'], [Symbol.asyncDispose]: async () => undefined }),
  standing: async () => new Map([['giles', undefined]]),
  countCrash: async () => 0,
};

/** A consumer that notes whom it serves. */
function consume(process: (username: string) => Promise<void> = async () => undefined) {
  const served: string[] = [];
  const setAside = vi.fn(async () => undefined);
  const handler: JobHandler<typeof createKeys.schema> = {
    contract: quick,
    outbox,
    async process({ username }) {
      served.push(username);
      await process(username);
    },
    setAside,
  };
  const options = { ...queues, isOutage: () => false, observer: nobody };
  const consumer = stack.use(createConsumer(handler, options));
  return { served, setAside, consumer };
}

/** The queue itself, to look at and to disturb. */
function openForTest() {
  const { redis } = connectWorkerRedis(queues.redisUrl);
  const opened = openQueue(quick, { redis, prefix: queues.prefix });
  stack.defer(async () => {
    await opened.close();
    redis.disconnect();
  });
  return opened;
}

const jobId = jobIdOf(quick, 'giles');

async function stateOf(queue: ReturnType<typeof openQueue>): Promise<string | undefined> {
  return (await queue.getJob(jobId))?.getState();
}

test('what is enqueued twice is done once', async () => {
  const producer = stack.use(createProducer(queues));
  expect(await producer.enqueue(quick, 'giles')).toBe('queued');
  expect(await producer.enqueue(quick, 'giles')).toBe('queued');
  const { served } = consume();
  await producer.enqueue(quick, 'anna');
  await vi.waitFor(() => expect(served.toSorted()).toEqual(['anna', 'giles']));
});

test('a job holds ids only, and is kept a while after it ended', async () => {
  const producer = stack.use(createProducer(queues));
  const { served } = consume();
  await producer.enqueue(quick, 'giles');
  await vi.waitFor(() => expect(served).toEqual(['giles']));
  const queue = openForTest();
  await vi.waitFor(async () => expect(await stateOf(queue)).toBe('completed'));
  expect((await queue.getJob(jobId))?.data).toEqual({ username: 'giles' });
});

test('who waits hears of the end of a job, or goes on when the time is up', async () => {
  const completions = stack.use(listenForCompletions(quick, queues));
  const producer = stack.use(createProducer(queues));
  consume();
  const heard = completions.wait('giles', 20_000);
  await vi.waitFor(async () => expect(await producer.enqueue(quick, 'giles')).toBe('queued'));
  await heard;
  const startedAt = performance.now();
  await completions.wait('nobody', 50);
  expect(performance.now() - startedAt).toBeLessThan(2000);
});

test('a failing job is tried as often as its contract says and then set aside', async () => {
  const producer = stack.use(createProducer(queues));
  const { served, setAside } = consume(async () => {
    throw new Error('poison');
  });
  await producer.enqueue(quick, 'giles');
  await vi.waitFor(() => expect(setAside).toHaveBeenCalledOnce(), 20_000);
  expect(served).toHaveLength(quick.attempts);
});

describe('reviving', () => {
  test('replaces a job that failed', async () => {
    const queue = openForTest();
    const producer = stack.use(createProducer(queues));
    let isBroken = true;
    const { served, setAside } = consume(async () => {
      if (isBroken) throw new Error('broken');
    });
    await producer.enqueue(quick, 'giles');
    await vi.waitFor(() => expect(setAside).toHaveBeenCalledOnce(), 20_000);
    await vi.waitFor(async () => expect(await stateOf(queue)).toBe('failed'));
    isBroken = false;
    served.length = 0;
    await producer.enqueue(quick, 'giles');
    expect(await stateOf(queue)).toBe('failed');
    await producer.revive(quick, ['giles']);
    await vi.waitFor(async () => expect(await stateOf(queue)).toBe('completed'));
    expect(served).toEqual(['giles']);
  });

  test('replaces a job that ended without its effect, and leaves one that waits', async () => {
    const queue = openForTest();
    const producer = stack.use(createProducer(queues));
    await producer.enqueue(quick, 'giles');
    const before = await queue.getJob(jobId);
    await producer.revive(quick, ['giles']);
    expect((await queue.getJob(jobId))?.timestamp).toBe(before?.timestamp);
    const { served } = consume();
    await vi.waitFor(async () => expect(await stateOf(queue)).toBe('completed'));
    await producer.revive(quick, ['giles']);
    await vi.waitFor(() => expect(served).toEqual(['giles', 'giles']));
  });

  test('adds what an emptied Redis has lost', async () => {
    const queue = openForTest();
    const producer = stack.use(createProducer(queues));
    await producer.enqueue(quick, 'giles');
    await queue.obliterate({ force: true });
    await producer.revive(quick, ['giles', 'anna']);
    expect(await queue.getWaitingCount()).toBe(2);
  });
});

test('a consumer that is disposed of lets its running jobs end', async () => {
  const producer = stack.use(createProducer(queues));
  const started = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const ended: string[] = [];
  const { served, consumer } = consume(async (username) => {
    started.resolve();
    await mayEnd.promise;
    ended.push(username);
  });
  await producer.enqueue(quick, 'giles');
  await started.promise;
  const stopped = consumer[Symbol.asyncDispose]();
  await producer.enqueue(quick, 'anna');
  mayEnd.resolve();
  await stopped;
  expect(ended).toContain('giles');
  expect(ended).toEqual(served);
  await vi.waitFor(async () => expect(await stateOf(openForTest())).toBe('completed'));
});

describe('while Redis is away', () => {
  beforeEach(() => {
    queues.redisUrl = 'redis://127.0.0.1:1';
  });

  test('a wish to enqueue is deferred within a second and a half, and again', async () => {
    const producer = stack.use(createProducer(queues));
    for (let round = 0; round < 2; round += 1) {
      const startedAt = performance.now();
      expect(await producer.enqueue(quick, 'giles')).toBe('deferred');
      expect(performance.now() - startedAt).toBeLessThan(1500);
    }
  });

  test('reviving and PING say so', async () => {
    const producer = stack.use(createProducer(queues));
    await expect(producer.ping()).rejects.toThrow();
    await expect(producer.revive(quick, ['giles'])).rejects.toThrow();
  });

  test('everything still stops', async () => {
    const { stopAll } = startAll();
    await stopAll();
  });
});

test('a queue that is first used while Redis is away is served when Redis is back', async () => {
  const proxy = stack.use(await startTcpProxy(queues.redisUrl));
  const away = { ...queues, redisUrl: `redis://127.0.0.1:${proxy.port}` };
  const producer = stack.use(createProducer(away));
  await producer.ping().catch(() => undefined);
  await vi.waitFor(() => producer.ping());
  proxy.swallow();
  expect(await producer.enqueue(quick, 'giles')).toBe('deferred');
  await expect(producer.revive(quick, ['giles'])).rejects.toThrow();
  proxy.pass();
  await vi.waitFor(() => producer.revive(quick, ['giles']), 10_000);
  expect(await producer.enqueue(quick, 'anna')).toBe('queued');
  const { served } = consume();
  await vi.waitFor(() => expect(served.toSorted()).toEqual(['anna', 'giles']));
});

test('everything stops also where Redis went away later', async () => {
  const proxy = await startTcpProxy(queues.redisUrl);
  queues.redisUrl = `redis://127.0.0.1:${proxy.port}`;
  const { stopAll, producer, consumer } = startAll();
  await vi.waitFor(() => producer.ping());
  await vi.waitFor(() => consumer.check());
  await proxy[Symbol.asyncDispose]();
  await vi.waitFor(() => expect(consumer.check()).rejects.toThrow('Redis is away'));
  await stopAll();
});

test('everything stops also where Redis hangs', async () => {
  const proxy = stack.use(await startTcpProxy(queues.redisUrl));
  queues.redisUrl = `redis://127.0.0.1:${proxy.port}`;
  const { stopAll, producer, consumer } = startAll();
  await vi.waitFor(() => producer.ping());
  await vi.waitFor(() => consumer.check());
  proxy.swallow();
  await stopAll();
});

/** One of everything that uses Redis, and what stops it. */
function startAll() {
  const producer = createProducer(queues);
  const { consumer } = consume();
  const completions = listenForCompletions(quick, queues);
  const observer = { relayed: () => undefined, relayFailed: () => undefined };
  const overdue = { ...outbox, due: async () => ['giles'] };
  const sources = [{ contract: quick, outbox: overdue }];
  const relay = startRelay({ sources, producer, observer });
  const stopAll = async () => {
    for (const part of [relay, consumer, completions, producer]) await part[Symbol.asyncDispose]();
  };
  return { stopAll, producer, consumer };
}

test('a Redis that takes connections and never answers defers within a second and a half', async () => {
  const silent = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  stack.defer(async () => void silent.close());
  const producer = stack.use(createProducer({ ...queues, redisUrl: `redis://127.0.0.1:${port}` }));
  const startedAt = performance.now();
  expect(await producer.enqueue(quick, 'giles')).toBe('deferred');
  expect(performance.now() - startedAt).toBeLessThan(1500);
});
