import { createTestPrefix, startRedisCluster, startWatchedRedis, waitFor } from '@artdag/testing';
import { expect, test } from 'vitest';
import { listenForCompletions } from './completions.ts';
import { createConsumer } from './consumer.ts';
import { allContracts } from './contracts/all-contracts.ts';
import { createKeys } from './contracts/create-keys.ts';
import { createProducer } from './producer.ts';
import { createQueueInspector } from './queue-inspector.ts';
import type { JobHandler } from './run-job.ts';

const nobody = {
  jobDone: () => undefined,
  jobFailed: () => undefined,
  jobPostponed: () => undefined,
  workerReplaced: () => undefined,
};

/** Producer, worker, inspector and a listener over one URL. */
function openQueues(redisUrl: string, parts: AsyncDisposableStack) {
  const queues = { redisUrl, prefix: createTestPrefix() };
  const served = new Set<string>();
  const handler: JobHandler<typeof createKeys.schema> = {
    contract: createKeys,
    async process({ username }) {
      served.add(username);
      return username === 'later' ? { againAt: new Date(Date.now() + 3_600_000) } : undefined;
    },
    setAside: async () => undefined,
  };
  return {
    served,
    producer: parts.use(createProducer(queues)),
    inspector: parts.use(createQueueInspector(queues)),
    completions: parts.use(listenForCompletions(createKeys, queues)),
    work: () =>
      parts.use(createConsumer(handler, { ...queues, isOutage: () => false, observer: nobody })),
  };
}

test('a Redis Cluster serves every queue, each in one slot', async () => {
  await using parts = new AsyncDisposableStack();
  const cluster = parts.use(await startRedisCluster());
  const { producer, inspector, completions, served, work } = openQueues(cluster.url, parts);
  for (const contract of allContracts) {
    expect(await producer.enqueueMany(contract, ['one', 'two'])).toBe('queued');
  }
  const ended = completions.wait('one', 10_000);
  work();
  expect(await ended).toBe(true);
  await waitFor('both are served', async () => served.size === 2);
  const lost = await producer.findLost(createKeys, ['one', 'three', 'later']);
  await producer.relay(createKeys, new Map(lost.map((id) => [id, undefined])));
  await waitFor('the relayed are served', async () => served.has('three') && served.has('later'));
  await producer.hurry(createKeys, ['later']);
  expect(await inspector.inspectAll()).toHaveLength(allContracts.length);
  const page = await inspector.listJobs(createKeys, 'delayed', { start: 0, limit: 5 });
  expect(page.total).toBe(1);
  expect(await inspector.inspectRedis()).toMatchObject({ evictionPolicy: 'noeviction' });
  expect((await producer.load(createKeys)).oldestWaitingMs).toBe(0);
});

test('where the primary dies, work goes on at the one that the sentinels name', async () => {
  await using parts = new AsyncDisposableStack();
  const watched = parts.use(await startWatchedRedis());
  const { producer, served, work } = openQueues(watched.url, parts);
  work();
  expect(await producer.enqueue(createKeys, 'before')).toBe('queued');
  await waitFor('the first is served', async () => served.has('before'));
  await watched.primary.kill('SIGKILL');
  await waitFor(
    'another primary takes work',
    async () => (await producer.enqueue(createKeys, 'after')) === 'queued',
    20_000,
  );
  await waitFor('the second is served', async () => served.has('after'), 20_000);
});
