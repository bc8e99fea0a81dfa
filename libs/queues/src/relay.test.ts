import { expect, test } from 'vitest';
import { signActivity } from './contracts/sign-activity.ts';
import { createRelayRound } from './relay.ts';

const start = new Date('2026-01-06T23:01:27Z');
const after = (ms: number) => new Date(start.getTime() + ms);
const away = new Error('away');

/** A relay over fakes, and what it did. */
function createRelay() {
  const world = {
    /** Batches of a sweep. */
    old: [] as string[][],
    fresh: [] as string[],
    jobs: new Set<string>(),
    /** Promises that were kept since they were read. */
    kept: new Set<string>(),
    isRedisAway: false,
    isStoreAway: false,
    now: start,
  };
  const done: unknown[][] = [];
  const outbox = {
    async due(kind: string, before: Date, _limit: number, since?: Date) {
      if (world.isStoreAway) throw away;
      done.push(['due', kind, since, before]);
      return world.fresh;
    },
    sweep(kind: string, before: Date) {
      const batches = [...world.old];
      done.push(['sweep', kind, before]);
      return {
        async next() {
          if (world.isStoreAway) throw away;
          return batches.shift() ?? [];
        },
        [Symbol.asyncDispose]: async () => void done.push(['end of sweep']),
      };
    },
    standing: async (_kind: string, ids: readonly string[]) =>
      new Map(ids.filter((id) => !world.kept.has(id)).map((id) => [id, `trace of ${id}`])),
    countCrash: async () => 0,
  };
  const producer = {
    async findLost(_contract: unknown, ids: readonly string[]) {
      if (world.isRedisAway) throw away;
      return ids.filter((id) => !world.jobs.has(id));
    },
    relay: async (contract: { name: string }, lost: ReadonlyMap<string, string | undefined>) =>
      void done.push(['relay', contract.name, Object.fromEntries(lost)]),
  };
  const observer = {
    relayed: (...args: unknown[]) => void done.push(['relayed', ...args]),
    relayFailed: (...args: unknown[]) => void done.push(['relayFailed', ...args]),
  };
  const source = { contract: signActivity, outbox };
  const round = createRelayRound(source, {
    sources: [source],
    producer,
    observer,
    now: () => world.now,
  });
  return {
    world,
    /** What a round does that begins so long after the first. */
    async runAt(ms: number) {
      world.now = after(ms);
      done.length = 0;
      await round.run();
      return [...done];
    },
    dispose: () => round[Symbol.asyncDispose](),
    done,
  };
}

test('the first round looks at all that is older than 2 s, and puts back what is lost', async () => {
  const { world, runAt } = createRelay();
  world.old = [['there', 'lost']];
  world.jobs.add('there');
  expect(await runAt(0)).toEqual([
    ['sweep', 'sign-activity', after(-2000)],
    ['relay', 'sign-activity', { lost: 'trace of lost' }],
    ['relayed', 'sign-activity', 1],
  ]);
});

test('each further round looks at what has come to be 2 s old since', async () => {
  const { world, runAt } = createRelay();
  await runAt(0);
  world.fresh = ['lost'];
  expect(await runAt(1000)).toEqual([
    ['due', 'sign-activity', after(-2000), after(-1000)],
    ['relay', 'sign-activity', { lost: 'trace of lost' }],
    ['relayed', 'sign-activity', 1],
  ]);
  world.fresh = [];
  expect(await runAt(2000)).toEqual([['due', 'sign-activity', after(-1000), after(0)]]);
});

test('while nothing is lost a backlog is swept every 5 s, while something is, in each round', async () => {
  const { world, runAt } = createRelay();
  world.old = [['a'], ['b'], ['c']];
  world.jobs = new Set(['a', 'c']);
  const relayed: number[] = [];
  for (let ms = 0; ms <= 7000; ms += 1000) {
    if ((await runAt(ms)).some(([what]) => what === 'relay')) relayed.push(ms);
  }
  // Of the one sweep, a was looked at in the beginning, b after 5 s, and c right after that.
  expect(relayed).toEqual([5000]);
  expect(await runAt(11_000)).toContainEqual(['end of sweep']);
  expect(await runAt(16_000)).toContainEqual(['sweep', 'sign-activity', after(14_000)]);
});

test('says and does nothing where a promise was kept since it was read', async () => {
  const { world, runAt } = createRelay();
  world.old = [['done']];
  world.kept.add('done');
  expect(await runAt(0)).toEqual([['sweep', 'sign-activity', after(-2000)]]);
});

test('looks at the same again after a round in which Redis was away', async () => {
  const { world, runAt } = createRelay();
  await runAt(0);
  world.fresh = ['lost'];
  world.isRedisAway = true;
  expect(await runAt(1000)).toContainEqual(['relayFailed', 'sign-activity', away]);
  world.isRedisAway = false;
  expect(await runAt(2000)).toContainEqual(['due', 'sign-activity', after(-2000), after(0)]);
});

test('survives that the store is away, and begins a new sweep', async () => {
  const { world, runAt } = createRelay();
  world.isStoreAway = true;
  expect(await runAt(0)).toContainEqual(['relayFailed', 'sign-activity', away]);
  world.isStoreAway = false;
  expect(await runAt(1000)).toContainEqual(['sweep', 'sign-activity', after(-1000)]);
});

test('a relay that stops ends its sweep', async () => {
  const { world, runAt, dispose, done } = createRelay();
  world.old = [['a'], ['b']];
  await runAt(0);
  await dispose();
  expect(done.at(-1)).toEqual(['end of sweep']);
});
