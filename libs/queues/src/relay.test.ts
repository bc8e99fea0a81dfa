import { expect, test } from 'vitest';
import { signActivity } from './contracts/sign-activity.ts';
import { relayOnce } from './relay.ts';

const now = new Date('2026-01-06T23:01:27Z');
const after = (ms: number) => new Date(now.getTime() + ms);

/** A relay over fakes, and what it did. */
function createRelay(found: {
  ids?: string[];
  lost?: number;
  isRedisAway?: boolean;
  isStoreAway?: boolean;
}) {
  const done: unknown[][] = [];
  const away = new Error('away');
  const outbox = {
    async due(kind: string, before: Date) {
      if (found.isStoreAway) throw away;
      done.push(['due', kind, before]);
      return found.ids ?? [];
    },
    postpone: async (...args: unknown[]) => void done.push(['postpone', ...args]),
    traces: async () => new Map(),
    countCrash: async () => 0,
  };
  const producer = {
    async relay(contract: { name: string }, ids: readonly string[]) {
      if (found.isRedisAway) throw away;
      done.push(['relay', contract.name, ids]);
      return found.lost ?? 0;
    },
  };
  const observer = {
    relayed: (...args: unknown[]) => void done.push(['relayed', ...args]),
    relayFailed: (...args: unknown[]) => void done.push(['relayFailed', ...args]),
  };
  const source = { contract: signActivity, outbox };
  const run = () => relayOnce(source, { sources: [source], producer, observer, now: () => now });
  return { run, done, away };
}

test('puts what is older than 2 s back on its queue, and looks at it again in 10 s', async () => {
  const { run, done } = createRelay({ ids: ['a', 'b'], lost: 1 });
  await run();
  expect(done).toEqual([
    ['due', 'sign-activity', after(-2000)],
    ['relay', 'sign-activity', ['a', 'b']],
    ['postpone', 'sign-activity', ['a', 'b'], after(8000)],
    ['relayed', 'sign-activity', 1],
  ]);
});

test('says nothing of overdue work whose jobs are there', async () => {
  const { run, done } = createRelay({ ids: ['a', 'b'] });
  await run();
  expect(done.map(([what]) => what)).toEqual(['due', 'relay', 'postpone']);
});

test('says nothing where nothing is overdue', async () => {
  const { run, done } = createRelay({});
  await run();
  expect(done).toHaveLength(1);
});

test('postpones nothing while Redis is away', async () => {
  const { run, done, away } = createRelay({ ids: ['a'], isRedisAway: true });
  await run();
  expect(done.at(-1)).toEqual(['relayFailed', 'sign-activity', away]);
  expect(done).toHaveLength(2);
});

test('survives that the store is away', async () => {
  const { run, done, away } = createRelay({ isStoreAway: true });
  await run();
  expect(done).toEqual([['relayFailed', 'sign-activity', away]]);
});
