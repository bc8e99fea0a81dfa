import { randomUUID } from 'node:crypto';
import type { JobOutcome } from '@artdag/queues';
import type { AssetRepository, RunRepository } from '@artdag/store';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import type { L1Answer } from '../l1-client/l1-client.ts';
import { createTestL1Sync, L1_SERVER, type TestL1Sync } from '../testing/create-test-l1-sync.ts';
import { recordRunHandler } from './record-run.ts';
import { reportRunHandler } from './report-run.ts';

const HOUR_MS = 3_600_000;
const ACTIVITY_ID = 'activity-1';
const signal = new AbortController().signal;

let sync: TestL1Sync;
beforeEach(async () => {
  sync = await createTestL1Sync(inject('mongodbUrl'));
});

const finishedRun = (run: object = {}): L1Answer => ({
  kind: 'document',
  text: JSON.stringify({
    status: 'completed',
    output_hash: 'made',
    inputs: ['in-1', 'in-2'],
    ...run,
  }),
});
const down: L1Answer = { kind: 'unusable', detail: 'refused', isReachable: false };

async function wish(runId = `run-${randomUUID()}`, more: { callbackUrl?: string } = {}) {
  const name = { owner: 'ada', l1Server: L1_SERVER, runId, outputName: 'work' };
  await sync.store.runs.insert({
    ...name,
    activityId: ACTIVITY_ID,
    requestedAt: sync.now(),
    ...more,
  });
  return sync.store.runs.keyOf(name);
}

const process = (runKey: string, context = sync) =>
  recordRunHandler(context).process({ runKey }, signal);
const find = (runKey: string) => sync.store.runs.find(runKey);
const promised = (kind: string) => sync.store.runs.outbox.due(kind, new Date('9999-01-01'), 10);

/** Lets time pass until the job is due, as the queue would. */
async function processWhenDue(runKey: string, outcome: JobOutcome): Promise<JobOutcome> {
  if (outcome) sync.clock.now = outcome.againAt.getTime();
  return process(runKey);
}

describe('a finished run', () => {
  test('is registered with its inputs, and the promise is kept', async () => {
    sync.answer = finishedRun();
    const runKey = await wish();
    expect(await process(runKey)).toBeUndefined();
    expect(await find(runKey)).toMatchObject({ state: 'registered', activityId: ACTIVITY_ID });
    expect(await sync.store.assets.find('work')).toMatchObject({
      contentHash: 'made',
      activityId: ACTIVITY_ID,
      state: 'pending',
    });
    expect(await sync.store.assets.find('input-in-1')).toMatchObject({ contentHash: 'in-1' });
    expect(await promised('record-run')).toEqual([]);
  });

  test('a second run of the job changes nothing and asks nobody', async () => {
    sync.answer = finishedRun();
    const runKey = await wish();
    await process(runKey);
    await process(runKey);
    expect(sync.asked.length).toBe(1);
    expect(await sync.store.assets.count()).toBe(3);
  });

  test('an input whose hash somebody has registered stays his', async () => {
    await claim('his own', 'in-1', 'bob');
    sync.answer = finishedRun();
    await process(await wish());
    expect(await sync.store.assets.find('input-in-1')).toBeUndefined();
    expect(await sync.store.assets.find('input-in-2')).toMatchObject({ owner: 'ada' });
  });

  test('two inputs whose hashes begin alike both get a name', async () => {
    const same = 'a'.repeat(16);
    sync.answer = finishedRun({ inputs: [`${same}1`, `${same}2`] });
    await process(await wish());
    expect(await sync.store.assets.knownHashes([`${same}1`, `${same}2`])).toEqual(
      new Set([`${same}1`, `${same}2`]),
    );
  });

  test('whose name is another claim fails for good, and can be asked for again', async () => {
    await claim('work', 'other', 'bob');
    sync.answer = finishedRun();
    const runKey = await wish();
    expect(await process(runKey)).toBeUndefined();
    expect(await find(runKey)).toMatchObject({ state: 'failed', problem: { code: 'conflict' } });
    expect(await sync.store.runs.restart(runKey, sync.now())).toBe(true);
    expect(await promised('record-run')).toEqual([runKey]);
  });

  test('what the L1 says later changes nothing', async () => {
    const runKey = await wish();
    sync.answer = finishedRun();
    await failing('assets', 'claim', 0, () => process(runKey, sync));
    sync.answer = finishedRun({ output_hash: 'changed' });
    await process(runKey);
    expect(await sync.store.assets.find('work')).toMatchObject({ contentHash: 'made' });
  });
});

/** Calls of the store in one run of the job, each of which the process may not survive. */
const STEPS = [
  ['runs', 'find', 0],
  ['runs', 'keepResult', 0],
  ['runs', 'find', 1],
  ['assets', 'knownHashes', 0],
  ['assets', 'claim', 0],
  ['assets', 'claim', 1],
  ['assets', 'claim', 2],
  ['runs', 'settle', 0],
] as const;

describe.each(['before', 'after'] as const)('a process that dies right %s', (when) => {
  test.each(STEPS)('%s.%s, call %i, registers each thing once in the end', async (...step) => {
    sync.answer = finishedRun();
    const runKey = await wish();
    await failing(step[0], step[1], step[2], () => process(runKey, sync), when);
    await process(runKey);
    await process(runKey);
    expect(await find(runKey)).toMatchObject({ state: 'registered', activityId: ACTIVITY_ID });
    expect(await sync.store.assets.find('work')).toMatchObject({ activityId: ACTIVITY_ID });
    expect(await sync.store.assets.count()).toBe(3);
    expect(await promised('record-run')).toEqual([]);
  });
});

describe('an L1 that is down', () => {
  test('for an hour: the run is registered within a minute and a half of its return', async () => {
    sync.answer = down;
    const runKey = await wish();
    const start = sync.clock.now;
    let outcome = await process(runKey);
    while (sync.clock.now < start + HOUR_MS) outcome = await processWhenDue(runKey, outcome);
    expect(await find(runKey)).toMatchObject({
      state: 'requested',
      problem: { code: 'l1-unusable' },
    });
    sync.answer = finishedRun();
    const back = sync.clock.now;
    while (outcome) outcome = await processWhenDue(runKey, outcome);
    expect(await find(runKey)).toMatchObject({ state: 'registered' });
    expect(sync.clock.now - back).toBeLessThan(1.5 * 60_000);
  });

  test('for longer than its patience: the run fails with a reason, for operators too', async () => {
    sync.patienceMs = HOUR_MS / 4;
    sync.answer = down;
    const runKey = await wish();
    let outcome = await process(runKey);
    while (outcome) outcome = await processWhenDue(runKey, outcome);
    expect(await find(runKey)).toMatchObject({ state: 'failed', problem: { code: 'l1-unusable' } });
    expect(await sync.store.failures.groups()).toMatchObject([{ kind: 'record-run', count: 1 }]);
    expect(sync.clock.now - Date.UTC(2026, 0, 6)).toBeGreaterThan(HOUR_MS / 5);
  });

  test('is asked by one probe only when its breaker has been open', async () => {
    sync.answer = down;
    const keys = await Promise.all(Array.from({ length: 8 }, () => wish()));
    for (let round = 0; round < 2; round += 1) for (const key of keys.slice(0, 4)) await due(key);
    const { length: before } = sync.asked;
    sync.clock.now += 31_000;
    await Promise.all(keys.map((key) => process(key)));
    expect(sync.asked.length - before).toBe(1);
  });
});

test('an unfinished run that is given up is no failure that operators have to see', async () => {
  sync.patienceMs = HOUR_MS / 4;
  sync.answer = { kind: 'document', text: '{"status":"running"}' };
  const runKey = await wish();
  let outcome = await process(runKey);
  while (outcome) outcome = await processWhenDue(runKey, outcome);
  expect(await find(runKey)).toMatchObject({
    state: 'failed',
    problem: { code: 'run-unfinished' },
  });
  expect(await sync.store.failures.groups()).toEqual([]);
});

describe('a callback', () => {
  const callbackUrl = `${L1_SERVER}/done`;
  const report = (runKey: string) => reportRunHandler(sync).process({ runKey }, signal);

  test('is promised with the end, and kept once it is taken', async () => {
    sync.answer = { kind: 'unknown-run' };
    const runKey = await wish('gone', { callbackUrl });
    await process(runKey);
    expect(await promised('report-run')).toEqual([runKey]);
    sync.receipt = { kind: 'failed', detail: 'it answered 500' };
    const outcome = await report(runKey);
    expect(outcome?.againAt.getTime()).toBeGreaterThan(sync.clock.now);
    sync.receipt = { kind: 'taken' };
    expect(await report(runKey)).toBeUndefined();
    expect(await promised('report-run')).toEqual([]);
  });

  test.each([
    ['begins', async () => undefined],
    ['begins and ends', process],
  ])(
    'of an end is no callback of the next, which %s while the L1 reads it',
    async (_, meanwhile) => {
      const runKey = await wish('gone', { callbackUrl });
      await process(runKey);
      const { post } = sync.l1;
      Object.assign(sync.l1, {
        async post() {
          sync.clock.now += 1000;
          await sync.store.runs.restart(runKey, sync.now());
          await meanwhile(runKey);
          return { kind: 'taken' };
        },
      });
      await report(runKey);
      Object.assign(sync.l1, { post });
      await process(runKey);
      expect(await promised('report-run')).toEqual([runKey]);
      await report(runKey);
      expect(await promised('report-run')).toEqual([]);
    },
  );

  test('waits for the signature of the claim', async () => {
    sync.answer = finishedRun();
    const runKey = await wish('done', { callbackUrl });
    await process(runKey);
    expect(await report(runKey)).toBeDefined();
    expect(await promised('report-run')).toEqual([runKey]);
  });

  test('that is refused is set aside, for operators to see', async () => {
    const runKey = await wish('gone', { callbackUrl });
    await process(runKey);
    sync.receipt = { kind: 'refused', status: 404 };
    await report(runKey);
    expect(await sync.store.failures.groups()).toMatchObject([{ kind: 'report-run' }]);
  });
});

async function due(runKey: string) {
  const run = await find(runKey);
  if (run) sync.clock.now = Math.max(sync.clock.now, run.nextAt.getTime());
  await process(runKey);
}

function claim(name: string, contentHash: string, owner: string) {
  return sync.store.assets.claim({
    name,
    contentHash,
    owner,
    assetType: 'image',
    tags: [],
    metadata: '{}',
    activityId: randomUUID(),
    registeredAt: sync.now(),
    createdAt: sync.now().toISOString(),
  });
}

type Step = { runs: keyof RunRepository; assets: keyof AssetRepository };

/** Lets one call of the store be the last thing that the process does, or nearly does. */
async function failing<R extends keyof Step>(
  repository: R,
  method: Step[R],
  nth: number,
  act: () => Promise<unknown>,
  when: 'before' | 'after' = 'before',
): Promise<void> {
  const target = sync.store[repository];
  const original: unknown = Reflect.get(target, method);
  if (typeof original !== 'function') throw new TypeError(String(method));
  let call = 0;
  let isDead = false;
  Reflect.set(target, method, async (...args: unknown[]) => {
    const isLast = call === nth;
    call += 1;
    if (isDead || (isLast && when === 'before')) {
      isDead = true;
      throw new Error('the process has died');
    }
    const result: unknown = await Reflect.apply(original, target, args);
    if (!isLast) return result;
    isDead = true;
    throw new Error('the process has died');
  });
  await expect(act()).rejects.toThrow('the process has died');
  Reflect.set(target, method, original);
}
