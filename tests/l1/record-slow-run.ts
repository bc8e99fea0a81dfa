import { startConstellation, waitFor } from '@artdag/testing';
import { type Answer, get, post, signUp } from '../e2e/client.ts';
import { startL1Process } from './l1-process.ts';

/** What became of a run that its L1 takes 31 s to tell of, under the settings that are the default. */
export interface SlowRun {
  /** To the call that was there first. */
  readonly first: Answer;
  /** To the same call, made again until it is 200. */
  readonly last: Answer;
  readonly activities: number;
  /** How often the L1 was asked for each run. */
  readonly asked: Readonly<Record<string, number>>;
}

export async function recordSlowRun(stores: {
  readonly mongodbUrl: string;
  readonly redisUrl: string;
}): Promise<SlowRun> {
  await using l1 = await startL1Process();
  await using constellation = await startConstellation({
    ...stores,
    l1Syncs: 1,
    env: { L1_SERVERS: l1.url },
  });
  const { url } = constellation.gateways[0];
  const token = await signUp(url, 'ada');
  const wish = { run_id: 'late.31.made-late', output_name: 'late' };
  // An L1 listens for 30 s.
  const record = () => post(`${url}/registry/record-run`, wish, token, AbortSignal.timeout(30_000));
  const first = await record();
  const last = await waitFor('the end', async () => {
    const answer = await record();
    return answer.status === 200 && answer;
  });
  const { totalItems } = (await get(`${url}/users/ada/outbox`)).json;
  return { first, last, activities: totalItems, asked: (await l1.news()).asked };
}
