import { hostOfIri } from '@artdag/registry';
import { connectStore, type Store } from '@artdag/store';
import {
  createTestDatabaseUrl,
  createTestPrefix,
  createTestRuntime,
  waitFor,
} from '@artdag/testing';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import type { FederationConfig } from './config.ts';
import { createFederation } from './service.ts';
import { testKeyring } from './testing/create-test-federation.ts';
import { type Sink, startSink } from './testing/start-sink.ts';

let parts: AsyncDisposableStack;
let store: Store;
let mongodbUrl: string;

beforeEach(async () => {
  parts = new AsyncDisposableStack();
  mongodbUrl = createTestDatabaseUrl(inject('mongodbUrl'));
  store = parts.use(await connectStore(mongodbUrl));
});
afterEach(() => parts.disposeAsync());

function configFor(sinks: readonly Sink[]): FederationConfig {
  return {
    publicUrl: 'https://art.test',
    firstUser: 'giles',
    mongodbUrl,
    redisUrl: inject('redisUrl'),
    queuePrefix: createTestPrefix(),
    logLevel: 'silent',
    internalListener: undefined,
    drainMs: 1000,
    signing: undefined,
    allowedHosts: sinks.map((sink) => sink.host),
    concurrency: 4,
    deliveryConcurrency: 80,
  };
}

async function startWorker(sinks: readonly Sink[]) {
  const overrides = { keyring: testKeyring };
  return parts.use(await createFederation(configFor(sinks), createTestRuntime(), overrides));
}

async function startSinks(count: number) {
  return Promise.all(Array.from({ length: count }, async () => parts.use(await startSink())));
}

async function follow(sinks: readonly Sink[]) {
  for (const { inbox, host } of sinks) {
    await store.followers.put({
      username: 'giles',
      actorIri: `http://${host}/users/ann`,
      inbox,
      deliveryInbox: inbox,
      host: hostOfIri(inbox) ?? '',
      followIri: `http://${host}/follows/1`,
      since: new Date(),
    });
  }
}

async function publish(count: number, at = new Date()) {
  for (let number = 0; number < count; number += 1) {
    const activityId = `activity-${number}`;
    await store.activities.insertSigned({
      activityId,
      type: 'Create',
      actor: 'giles',
      publishedAt: at,
      objectIri: `https://art.test/objects/${number}`,
      audience: { kind: 'followers' },
      isPublic: true,
      text: JSON.stringify({ id: activityId, type: 'Create' }),
      signedAt: at,
      verified: 'package',
    });
  }
}

const receivedBy = (sinks: readonly Sink[]) =>
  sinks.map((sink) => new Set(sink.posts.map((post) => post.body)).size);

test('one dead host starving all: everybody else gets everything while one inbox hangs', async () => {
  const sinks = await startSinks(8);
  const [hole, ...others] = sinks;
  if (hole) hole.answer = () => undefined;
  await follow(sinks);
  await startWorker(sinks);
  await publish(20);
  const all = () => receivedBy(others).every((count) => count === 20);
  await waitFor('everything is delivered', async () => all(), 9000);
  expect(hole?.posts.length).toBeLessThanOrEqual(1);
  // Its time-out would hold the drain up.
  await hole?.[Symbol.asyncDispose]();
});

test('job removed from Redis before its handler ran: the ledger brings it back', async () => {
  const sinks = await startSinks(2);
  const longAgo = new Date(Date.now() - 60_000);
  const rows = sinks.map(({ inbox, host }) => {
    return {
      activityId: 'activity-0',
      actor: 'giles',
      inbox,
      host,
      objectIri: 'https://art.test/objects/0',
    };
  });
  await publish(1, longAgo);
  await store.activities.settleFanOut('activity-0');
  await store.deliveries.insertMany(
    rows.map((row) => ({ ...row, publishedAt: longAgo, hasPredecessor: false })),
    longAgo,
  );
  await startWorker(sinks);
  const all = () => receivedBy(sinks).every((count) => count === 1);
  await waitFor('everything is delivered', async () => all(), 9000);
});

test('a worker that nothing signs for says so at its start', async () => {
  const federation = createFederation(configFor([]), createTestRuntime());
  await expect(federation).rejects.toMatchObject({ code: 'start-failed' });
});
