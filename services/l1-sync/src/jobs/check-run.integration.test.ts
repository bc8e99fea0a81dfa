import { expect, inject, test } from 'vitest';
import type { L1Answer } from '../l1-client/l1-client.ts';
import { createTestL1Sync, L1_SERVER } from '../testing/create-test-l1-sync.ts';
import { checkRunHandler } from './check-run.ts';
import { recordRunHandler } from './record-run.ts';

const DAY_MS = 24 * 3_600_000;
const signal = new AbortController().signal;
const run = { status: 'completed', output_hash: 'made', recipe: 'weave', inputs: ['a', 'b'] };
const document = (more: object = {}): L1Answer => ({
  kind: 'document',
  text: JSON.stringify({ ...run, ...more }),
});

test('an L1 is asked again once a day, and what it says then is compared with what is registered', async () => {
  const sync = await createTestL1Sync(inject('mongodbUrl'));
  const name = { owner: 'ada', l1Server: L1_SERVER, runId: 'run-1', outputName: 'work' };
  const runKey = sync.store.runs.keyOf(name);
  const check = () => checkRunHandler(sync).process({ runKey }, signal);
  const found = async () => (await sync.store.runs.find(runKey))?.check;
  await sync.store.runs.insert({ ...name, activityId: 'activity-1', requestedAt: sync.now() });
  await check();
  expect(sync.asked).toEqual([]);

  sync.answer = document();
  await recordRunHandler(sync).process({ runKey }, signal);
  const registered = await sync.store.runs.find(runKey);
  await check();
  expect(sync.asked).toHaveLength(1);

  const answers: [L1Answer, string][] = [
    [document({ inputs: ['b', 'a'], seconds: 2 }), 'same'],
    [document({ output_hash: 'other' }), 'changed'],
    [document({ inputs: ['a'] }), 'changed'],
    [document({ recipe: 'knit' }), 'changed'],
    [document({ status: 'failed' }), 'changed'],
    [document({ status: 'running' }), 'changed'],
    [{ kind: 'unknown-run' }, 'unknown'],
    [{ kind: 'slow', detail: 'timeout' }, 'silent'],
    [{ kind: 'unusable', detail: 'refused', isReachable: false }, 'silent'],
  ];
  for (const [answer, finding] of answers) {
    sync.clock.now += DAY_MS;
    sync.answer = answer;
    await check();
    expect(await found()).toMatchObject({ finding, at: sync.now() });
  }
  expect(await found()).toMatchObject({ since: new Date(sync.clock.now - DAY_MS) });
  expect(sync.asked).toHaveLength(1 + answers.length);
  expect(await sync.store.runs.find(runKey)).toEqual({ ...registered, check: await found() });
});
