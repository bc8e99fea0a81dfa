import type { RegisteredAsset } from '@artdag/registry';
import type { Run, SignedActivity } from '@artdag/store';
import { expect, test } from 'vitest';
import { readStanding } from './record-run.ts';

type Context = Parameters<typeof readStanding>[2];

const run = { state: 'registered', outputName: 'out', activityId: 'a1' } as Run;
const pending = { name: 'out', state: 'pending' } as RegisteredAsset;
const signed = { activityId: 'a1', text: '{}' } as SignedActivity;

test('a claim that is signed while its asset is read is shown as signed', async () => {
  let isSigned = false;
  const store = {
    assets: {
      async find() {
        isSigned = true;
        return pending;
      },
    },
    activities: { find: async () => (isSigned ? signed : undefined) },
  };
  const context = { store } as unknown as Context;
  expect(await readStanding(run, 0, context)).toEqual({
    run,
    asset: { ...pending, state: 'signed' },
    activity: signed,
  });
});
