import { setTimeout as delay } from 'node:timers/promises';
import { connectStore } from '@artdag/store';
import {
  type Constellation,
  type ProcessServer,
  redisCommand,
  startConstellation,
  startRedisServer,
  waitFor,
} from '@artdag/testing';
import { afterAll, beforeAll, describe, inject, type TestContext, test } from 'vitest';
import { auditRegistrations } from './audit-registrations.ts';
import { findSlowAttempts } from './find-slow-attempts.ts';
import { countJobs } from './queue-probe.ts';
import { startLoad } from './registration-load.ts';

const PER_SECOND = 25;
/** What is asked this long before the end of a fault is answered within it. */
const ANSWER_MS = 2000;
const OUTAGES_S = process.env['ARTDAG_LONG_FAULTS'] ? [1.5, 15, 40] : [1.5, 15];

/** Services on a Redis of their own. */
interface Scene extends AsyncDisposable {
  readonly redis: ProcessServer;
  readonly constellation: Constellation;
}

async function startScene(): Promise<Scene> {
  await using parts = new AsyncDisposableStack();
  const redis = parts.use(await startRedisServer());
  const constellation = parts.use(
    await startConstellation({ mongodbUrl: inject('mongodbUrl'), redisUrl: redis.url }),
  );
  const started = parts.move();
  return { redis, constellation, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

async function startLoadOn({ constellation }: Scene, { onTestFailed }: TestContext) {
  onTestFailed(() => console.error(constellation.logs()));
  const load = await startLoad([constellation.gateways[0].url], PER_SECOND);
  await haveSigned(1, load.account.username, constellation);
  return load;
}

async function haveSigned(
  count: number,
  username: string,
  { mongodbUrl }: Constellation,
  withinMs = 10_000,
) {
  await using store = await connectStore(mongodbUrl);
  await waitFor(
    `${count} signatures`,
    async () => (await store.activities.countByActor(username)) >= count,
    withinMs,
  );
}

/** One more signature than there are now. */
async function signAgain(username: string, constellation: Constellation, withinMs: number) {
  await using store = await connectStore(constellation.mongodbUrl);
  const signed = await store.activities.countByActor(username);
  await haveSigned(signed + 1, username, constellation, withinMs);
}

/** Whether there was one. */
async function cutConnections({ url }: ProcessServer): Promise<boolean> {
  return /^:[1-9]/.test(await redisCommand(url, 'CLIENT', 'KILL', 'TYPE', 'normal'));
}

// Most of the time is waited through, so two scenes stand side by side.
describe.concurrent('a Redis that is killed', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  for (const seconds of OUTAGES_S) {
    test(`F5: Redis killed and back after ${seconds} s: nothing accepted is lost`, {
      concurrent: false,
    }, async (context) => {
      const { expect } = context;
      const { redis, constellation } = scene;
      const load = await startLoadOn(scene, context);
      await redis.kill('SIGKILL');
      await delay(seconds * 1000);
      await redis.start();
      await signAgain(load.account.username, constellation, 3000);
      await load.finish();
      expect(await auditRegistrations(load, constellation)).toEqual([]);
    });
  }
});

describe.concurrent('a Redis that is emptied, hangs, is cut off or full', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  test('F6: Redis emptied with work waiting and under load: rebuilt from MongoDB', {
    concurrent: false,
  }, async (context) => {
    const { expect } = context;
    const { redis, constellation } = scene;
    const load = await startLoadOn(scene, context);
    const [signer] = constellation.signers;
    await signer.kill('SIGKILL');
    await waitFor(
      'waiting jobs',
      async () => (await countJobs('wait', constellation)) > PER_SECOND,
    );
    expect(await redisCommand(redis.url, 'FLUSHALL')).toBe('+OK');
    await signer.start();
    for (let round = 0; round < 5; round += 1) {
      await signAgain(load.account.username, constellation, 5000);
      expect(await redisCommand(redis.url, 'FLUSHALL')).toBe('+OK');
    }
    await load.finish();
    expect(await auditRegistrations(load, constellation)).toEqual([]);
  });

  test('F7: Redis stopped: answers come within 2 s, and work goes on when it does', {
    concurrent: false,
  }, async (context) => {
    const { expect } = context;
    const { redis, constellation } = scene;
    const load = await startLoadOn(scene, context);
    redis.pause();
    const from = performance.now();
    await delay(8000);
    const until = performance.now() - ANSWER_MS;
    redis.resume();
    await signAgain(load.account.username, constellation, 5000);
    await load.finish();
    expect(findSlowAttempts(load.registrations, { from, until, limitMs: ANSWER_MS })).toEqual([]);
    expect(await auditRegistrations(load, constellation)).toEqual([]);
  });

  test('F7: every connection to Redis cut, again and again: work goes on', {
    concurrent: false,
  }, async (context) => {
    const { expect } = context;
    const { redis, constellation } = scene;
    const load = await startLoadOn(scene, context);
    for (let round = 0; round < 5; round += 1) {
      // A signature that is under way is no proof that anybody is connected again.
      await waitFor('connections that are cut', () => cutConnections(redis));
      await signAgain(load.account.username, constellation, 3000);
    }
    await load.finish();
    expect(await auditRegistrations(load, constellation)).toEqual([]);
  });

  test('F7: Redis full: answers come within 2 s, and work goes on when there is room', {
    concurrent: false,
  }, async (context) => {
    const { expect } = context;
    const { redis, constellation } = scene;
    const load = await startLoadOn(scene, context);
    await redisCommand(redis.url, 'CONFIG', 'SET', 'maxmemory', '1mb');
    const from = performance.now();
    await delay(6000);
    const until = performance.now() - ANSWER_MS;
    await redisCommand(redis.url, 'CONFIG', 'SET', 'maxmemory', '0');
    await signAgain(load.account.username, constellation, 5000);
    await load.finish();
    expect(findSlowAttempts(load.registrations, { from, until, limitMs: ANSWER_MS })).toEqual([]);
    expect(await auditRegistrations(load, constellation)).toEqual([]);
  });
});
