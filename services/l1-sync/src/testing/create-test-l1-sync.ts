import { createIris } from '@artdag/activitypub';
import type { Store } from '@artdag/store';
import { createTestRuntime, createTestStore } from '@artdag/testing';
import type { L1SyncContext } from '../context.ts';
import type { L1Answer, L1Receipt } from '../l1-client/l1-client.ts';
import { createL1Gate } from '../l1-client/l1-gate.ts';

export const L1_SERVER = 'http://l1.example:8100';
const HOUR_MS = 3_600_000;

/** A context over a database of its own, whose clock and whose L1 a test holds in its hands. */
export interface TestL1Sync extends Omit<L1SyncContext, 'patienceMs'> {
  readonly store: Store;
  readonly clock: { now: number };
  patienceMs: number;
  /** What the L1 answers from now on. */
  answer: L1Answer;
  receipt: L1Receipt;
  /** Runs that it was asked for. */
  readonly asked: string[];
}

export async function createTestL1Sync(mongodbUrl: string): Promise<TestL1Sync> {
  const store = await createTestStore(mongodbUrl);
  await store.l1Servers.ensure([L1_SERVER]);
  const clock = { now: Date.UTC(2026, 0, 6) };
  const now = () => new Date(clock.now);
  const random = () => 0.5;
  const asked: string[] = [];
  const test: TestL1Sync = {
    store,
    clock,
    asked,
    answer: { kind: 'unknown-run' },
    receipt: { kind: 'taken' },
    producer: {
      enqueue: async () => 'queued',
      enqueueMany: async () => 'queued',
    },
    l1: {
      async readRun(_l1Server, runId) {
        asked.push(runId);
        return test.answer;
      },
      post: async () => test.receipt,
      [Symbol.asyncDispose]: async () => undefined,
    },
    gate: createL1Gate({ l1Servers: store.l1Servers, places: 4, now, random }),
    keyring: { sign: async () => Buffer.alloc(256) },
    iris: createIris('https://art.example'),
    patienceMs: 24 * HOUR_MS,
    ...createTestRuntime(),
    now,
    random,
  };
  return test;
}
