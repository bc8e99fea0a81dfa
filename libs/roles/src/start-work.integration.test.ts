import { createRemoteKeyring } from '@artdag/keyring/remote';
import { createKeys, type RelaySource } from '@artdag/queues';
import type { Service } from '@artdag/runtime';
import {
  createTestDatabaseUrl,
  createTestPrefix,
  createTestRuntime,
  freePort,
  waitFor,
} from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { type Backends, connectBackends } from './connect-backends.ts';
import { startWork } from './start-work.ts';

const hasty = { ...createKeys, attempts: 2, backoffMs: 1 };
const promised = new Map([['ada', undefined]]);
const outbox: RelaySource['outbox'] = {
  due: async () => [],
  sweep: () => ({
    next: async () => [...promised.keys()],
    [Symbol.asyncDispose]: async () => undefined,
  }),
  standing: async () => promised,
  countCrash: async () => 0,
};

let backends: Backends;
beforeAll(async () => {
  const config = {
    mongodbUrl: createTestDatabaseUrl(inject('mongodbUrl')),
    redisUrl: inject('redisUrl'),
    queuePrefix: createTestPrefix(),
  };
  backends = await connectBackends(config, createTestRuntime());
});
afterAll(() => backends?.[Symbol.asyncDispose]());

test('a signer that is away costs a work no try, however long: the relay brings it back', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  await using keys = createRemoteKeyring({ url, secret: 'a secret of the signing port' });
  const setAside = vi.fn(async () => undefined);
  const process = vi.fn(async () => {
    if (process.mock.calls.length <= 2 * hasty.attempts)
      await keys.sign({ username: 'ada', algorithm: 'ed25519' }, Buffer.from('bytes'));
    promised.clear();
    return undefined;
  });
  const handler = { contract: hasty, outbox, process, setAside };
  await using _work = startWork(backends, {
    served: [{ handler }],
    sources: [{ contract: hasty, outbox }],
  });
  await waitFor('the work is done', () => promised.size === 0);
  expect(process.mock.calls.length).toBeGreaterThan(2 * hasty.attempts);
  expect(setAside).not.toHaveBeenCalled();
});

/** Names of the checks that are not well. */
async function failingOf({ checks }: Service): Promise<string[]> {
  const results = await Promise.allSettled(checks.map(async ({ check }) => check()));
  return checks.flatMap(({ name }, index) => (results[index]?.status === 'rejected' ? [name] : []));
}

test('every queue that is served is checked, and a clock that is wrong is named', async () => {
  const nothing = async () => undefined;
  const handler = { contract: hasty, process: nothing, setAside: nothing };
  await using work = startWork(backends, { served: [{ handler }], sources: [] });
  await waitFor('all is well', async () => (await failingOf(work)).length === 0);
  expect(work.checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['mongodb', 'redis', 'queue', 'queue-workers', 'clock', 'relay']),
  );
  await using late = startWork(backends, { served: [], sources: [], now: () => new Date(0) });
  expect(await failingOf(late)).toEqual(['clock']);
});
