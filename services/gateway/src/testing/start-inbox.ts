import { setTimeout as delay } from 'node:timers/promises';
import { processInboxActivity, type QueueContract, refreshActor } from '@artdag/queues';
import { createMetrics } from '@artdag/runtime';
import type { Store } from '@artdag/store';
import { fastify } from 'fastify';
import { createInbox } from '../inbox/create-inbox.ts';
import { problemDetails } from '../plugins/problem-details.ts';
import { inboxRoutes } from '../routes/inbox.ts';
import { ORIGIN, type TestPost } from './create-peer.ts';

/** Redis and the federation worker as far as inboxes see them. */
export interface FakeWorker {
  isRedisAway: boolean;
  oldestWaitingMs: number;
  /** Whether gateways hear that the worker has looked for a key. */
  isHeard: boolean;
  /** What the worker does about a key that is asked for. */
  refresh: (keyId: string) => Promise<void>;
}

/** Inboxes over a store, with a fake in the place of Redis and of the federation worker. */
export async function startInbox(
  store: Store,
  options: { postsPerMinute?: number; oldestWaitingMs?: number } = {},
) {
  const queued: string[] = [];
  const asked: string[] = [];
  const worker: FakeWorker = {
    isRedisAway: false,
    isHeard: true,
    oldestWaitingMs: options.oldestWaitingMs ?? 0,
    refresh: async () => undefined,
  };
  const producer = {
    async enqueue(contract: QueueContract, id: string) {
      if (worker.isRedisAway) return 'deferred' as const;
      if (contract.name !== refreshActor.name) throw new Error(`enqueues ${contract.name}`);
      asked.push(id);
      await worker.refresh(id);
      return 'queued' as const;
    },
    async enqueueMany(contract: QueueContract, ids: readonly string[]) {
      if (worker.isRedisAway) return 'deferred' as const;
      if (contract.name !== processInboxActivity.name) throw new Error(`enqueues ${contract.name}`);
      queued.push(...ids);
      return 'queued' as const;
    },
    async load() {
      if (worker.isRedisAway) throw new Error('away');
      return { oldestWaitingMs: worker.oldestWaitingMs, memoryShare: 0 };
    },
  };
  const inbox = createInbox({
    store,
    producer,
    refreshed: { wait: (_id, timeoutMs) => delay(Math.min(timeoutMs, 20), worker.isHeard) },
    postsPerMinute: options.postsPerMinute ?? 0,
    now: () => new Date(),
  });
  const app = fastify();
  await app.register(problemDetails);
  const metrics = createMetrics();
  await app.register(inboxRoutes({ inbox, config: { publicUrl: ORIGIN }, metrics }));

  return {
    worker,
    queued,
    asked,
    metrics,
    post: (post: TestPost) => app.inject({ method: 'POST', ...post }),
    /** Ids of what is stored and waits. */
    stored: () =>
      store.receivedActivities.outbox.due(processInboxActivity.name, new Date('2100-01-01'), 1e6),
    async [Symbol.asyncDispose]() {
      await app.close();
      await inbox[Symbol.asyncDispose]();
    },
  };
}
