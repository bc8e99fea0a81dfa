import { expect, test } from 'vitest';
import { type DiagnosticSources, diagnose } from './diagnose.ts';

const NOW = new Date('2026-01-06T23:01:27Z');

/** What was found about work that was given up. */
async function findFailures(sources: Partial<DiagnosticSources>) {
  const findings = await diagnose({
    store: undefined,
    inspector: undefined,
    countFailures: async () => [],
    keyDirectory: undefined,
    publicUrl: 'https://art.test',
    fetch: undefined,
    now: () => NOW,
    ...sources,
  });
  return findings.find(({ check }) => check === 'failures');
}

/** A MongoDB that answers. */
const store: DiagnosticSources['store'] = {
  inspectServer: async () => ({ version: '7.0.0', isBeta: false, isWritable: true, time: NOW }),
  attempts: { count: async () => 1 },
};

test('work that was given up is summed over its groups', async () => {
  expect(await findFailures({ store })).toMatchObject({ state: 'ok' });
  const countFailures = async () => [{ count: 3 }, { count: 4 }];
  expect(await findFailures({ store, countFailures })).toMatchObject({
    state: 'warning',
    finding: 'given up: 7 (groups: 2)',
  });
});

test('a count that is under way is neither good news nor bad', async () => {
  expect(await findFailures({ store, countFailures: async () => 'counting' })).toMatchObject({
    state: 'skipped',
    finding: 'still being counted: look again soon',
  });
});

test('without MongoDB nothing is known of it', async () => {
  expect(await findFailures({})).toMatchObject({ state: 'skipped' });
  const countFailures = () => Promise.reject(new Error('away'));
  expect(await findFailures({ store, countFailures })).toMatchObject({
    state: 'skipped',
    finding: 'MongoDB does not answer',
  });
});
