import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createIris } from '@artdag/activitypub';
import { createGuardedFetch } from '@artdag/peers';
import type { QueueContract } from '@artdag/queues';
import { hostOfIri } from '@artdag/registry';
import type { Audience, SignedActivity } from '@artdag/store';
import { createTestRuntime, createTestStore } from '@artdag/testing';
import type { FederationContext } from '../context.ts';
import { deliverActivityHandler } from '../jobs/deliver-activity.ts';
import { fanOutActivityHandler } from '../jobs/fan-out-activity.ts';
import { noResolver } from './no-resolver.ts';

/** Keys of every user of every test: making them takes longer than most tests. */
const keys = {
  'rsa-sha256': generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed25519: generateKeyPairSync('ed25519'),
};

/** Public keys of the users of test federations. */
export const publicKeys: Readonly<Record<keyof typeof keys, KeyObject>> = {
  'rsa-sha256': keys['rsa-sha256'].publicKey,
  ed25519: keys.ed25519.publicKey,
};

/** A keyring of one key pair that is everybody's. */
export const testKeyring: FederationContext['keyring'] = {
  sign: async ({ algorithm }, bytes) =>
    sign(algorithm === 'ed25519' ? null : 'sha256', bytes, keys[algorithm].privateKey),
};

export interface TestFederationOptions {
  readonly mongodbUrl: string;
  /** Hosts on loopback that are delivered to. */
  readonly hosts?: readonly string[];
  readonly timeoutMs?: number;
  readonly overrides?: Partial<FederationContext>;
}

/** Handlers of federation over a database of their own, with a clock that the test moves. */
export async function createTestFederation(options: TestFederationOptions) {
  const { hosts = [], timeoutMs = 1000, overrides } = options;
  await using parts = new AsyncDisposableStack();
  const store = parts.use(await createTestStore(options.mongodbUrl));
  const clock = { time: Date.parse('2026-01-06T23:00:00Z') };
  const enqueued: Array<{ readonly queue: string; readonly id: string }> = [];
  const note = (contract: QueueContract, ids: readonly string[]) => {
    for (const id of ids) enqueued.push({ queue: contract.name, id });
  };
  const peers = parts.use(
    createGuardedFetch({ userAgent: 'ArtDAG test', allowedHosts: hosts, timeoutMs }),
  );
  const context: FederationContext = {
    ...createTestRuntime(),
    store,
    producer: {
      enqueue: async (contract, id) => {
        note(contract, [id]);
        return 'queued';
      },
      enqueueMany: async (contract, ids) => {
        note(contract, ids);
        return 'queued';
      },
      revive: async () => undefined,
      findLost: async () => [],
      relay: async () => undefined,
      hurry: async () => undefined,
      load: async () => ({ oldestWaitingMs: 0, memoryShare: 0 }),
      ping: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    },
    keyring: testKeyring,
    peers,
    signHop: () => ({}),
    resolver: noResolver,
    resolveActor: async () => 'unavailable',
    iris: createIris('https://art.test'),
    now: () => new Date(clock.time),
    random: () => 0.5,
    ...overrides,
  };
  const { iris } = context;
  const fanOuts = fanOutActivityHandler(context);
  const newWorker = () => deliverActivityHandler(context, 80);
  let deliveries = newWorker();
  const started = parts.move();
  let published = 0;

  return {
    context,
    store,
    clock,
    enqueued,
    /** Writes a signed activity as the signer does. */
    async publish(wish: Partial<SignedActivity> = {}): Promise<SignedActivity> {
      published += 1;
      const activityId = wish.activityId ?? `activity-${published}`;
      const publishedAt = new Date(clock.time + published);
      const activity = {
        activityId,
        type: 'Create',
        actor: 'giles',
        publishedAt,
        objectIri: iris.object('abc'),
        audience: { kind: 'followers' } as Audience,
        isPublic: true,
        text: JSON.stringify({ id: iris.activity(activityId), type: wish.type ?? 'Create' }),
        signedAt: publishedAt,
        verified: 'package' as const,
        ...wish,
      };
      await store.activities.insertSigned(activity);
      return activity;
    },
    /** Adds a follower of giles who is delivered to at this inbox. */
    async follow(name: string, deliveryInbox: string): Promise<void> {
      const host = hostOfIri(deliveryInbox) ?? '';
      await store.followers.put({
        username: 'giles',
        actorIri: `http://${host}/users/${name}`,
        inbox: `http://${host}/users/${name}/inbox`,
        deliveryInbox,
        host,
        followIri: `http://${host}/follows/${name}`,
        since: new Date(clock.time),
      });
    },
    /** Runs the fan-out of an activity, and gives the ids of its deliveries. */
    async fanOut(activityId: string) {
      const outcome = await fanOuts.process({ activityId }, new AbortController().signal);
      const rows = await store.deliveries.listByActivity(activityId, 10_000);
      return { outcome, ids: rows.map((row) => row.deliveryId) };
    },
    deliver: (deliveryId: string) =>
      deliveries.process({ deliveryId }, new AbortController().signal),
    /** A new worker remembers nothing but what the store knows. */
    restartWorker() {
      deliveries = newWorker();
    },
    async row(deliveryId: string) {
      const row = await store.deliveries.find(deliveryId);
      if (!row) throw new Error('no such delivery');
      return row;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

export type TestFederation = Awaited<ReturnType<typeof createTestFederation>>;
