import { startConstellation, waitFor } from '@artdag/testing';
import { expect, inject, onTestFailed, test } from 'vitest';
import { get, post, signUp } from '../e2e/client.ts';
import { startL1Process } from './l1-process.ts';

test('an L1 that takes 31 s: the caller hears 504 while it listens, and the work is registered once', async () => {
  await using l1 = await startL1Process();
  await using constellation = await startConstellation({
    mongodbUrl: inject('mongodbUrl'),
    redisUrl: inject('redisUrl'),
    l1Syncs: 1,
    env: { L1_SERVERS: l1.url },
  });
  onTestFailed(() => console.error(constellation.logs()));
  const { url } = constellation.gateways[0];
  const token = await signUp(url, 'ada');
  const wish = { run_id: 'late.31.made-late', output_name: 'late' };
  // An L1 listens for 30 s.
  const record = () => post(`${url}/registry/record-run`, wish, token, AbortSignal.timeout(30_000));

  expect(await record()).toMatchObject({ status: 504, json: { code: 'l1-slow' } });
  const again = await waitFor('the end', async () => {
    const answer = await record();
    return answer.status === 200 && answer;
  });
  expect(again.json.asset).toMatchObject({ name: 'late', content_hash: 'made-late' });
  const { totalItems } = (await get(`${url}/users/ada/outbox`)).json;
  expect(totalItems).toBe(2);
  expect((await l1.news()).asked).toEqual({ 'late.31.made-late': 2 });
});
