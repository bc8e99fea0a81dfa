import { createTestPrefix } from '@artdag/testing';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createConsumer } from './consumer.ts';
import { createKeys } from './contracts/create-keys.ts';
import { createProducer, type Producer } from './producer.ts';
import type { JobOutcome } from './run-job.ts';

const observer = {
  jobDone: () => undefined,
  jobFailed: () => undefined,
  jobPostponed: () => undefined,
  workerReplaced: () => undefined,
};
const outbox = {
  countCrash: async () => 0,
};

let stack: AsyncDisposableStack;
let producer: Producer;
const served: string[] = [];

beforeEach(() => {
  stack = new AsyncDisposableStack();
  served.length = 0;
  const queues = { redisUrl: inject('redisUrl'), prefix: createTestPrefix() };
  producer = stack.use(createProducer(queues));
  const handler = {
    contract: createKeys,
    outbox,
    /** The first time it asks to come back in an hour. */
    async process({ username }: { username: string }): Promise<JobOutcome> {
      served.push(username);
      const isFirst = served.filter((name) => name === username).length === 1;
      return isFirst ? { againAt: new Date(Date.now() + 3_600_000) } : undefined;
    },
    setAside: async () => undefined,
  };
  stack.use(createConsumer(handler, { ...queues, isOutage: () => false, observer }));
});
afterEach(() => stack.disposeAsync());

test('what waits for its time runs at once when it is hurried', async () => {
  await producer.enqueue(createKeys, 'giles');
  await expect.poll(() => served, { timeout: 10_000 }).toEqual(['giles']);
  const servedAgain = async () => {
    if (served.length < 2) await producer.hurry(createKeys, ['giles']);
    return served;
  };
  await expect.poll(servedAgain, { timeout: 10_000 }).toEqual(['giles', 'giles']);
});

test('what got lost is put back', async () => {
  await producer.enqueue(createKeys, 'first');
  await expect.poll(() => served, { timeout: 10_000 }).toEqual(['first']);
  await producer.hurry(createKeys, ['lost']);
  await expect.poll(() => served, { timeout: 10_000 }).toContain('lost');
});
