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
import { afterAll, beforeAll, expect, inject, onTestFailed, test } from 'vitest';
import { auditRegistrations } from './audit-registrations.ts';
import { findSlowAttempts } from './find-slow-attempts.ts';
import { countJobs } from './queue-probe.ts';
import { startLoad } from './registration-load.ts';

const PER_SECOND = 25;
/** What is asked this long before the end of a fault is answered within it. */
const ANSWER_MS = 2000;
const OUTAGES_S = process.env['ARTDAG_LONG_FAULTS'] ? [1.5, 15, 40] : [1.5, 15];

let redis: ProcessServer;
let constellation: Constellation;
beforeAll(async () => {
  redis = await startRedisServer();
  constellation = await startConstellation({
    mongodbUrl: inject('mongodbUrl'),
    redisUrl: redis.url,
  });
});
afterAll(async () => {
  await constellation?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
});

async function startLoadOn(perSecond = PER_SECOND) {
  onTestFailed(() => console.error(constellation.logs()));
  const load = await startLoad([constellation.gateways[0].url], perSecond);
  await haveSigned(1, load.account.username);
  return load;
}

async function haveSigned(count: number, username: string, withinMs = 10_000) {
  await using store = await connectStore(constellation.mongodbUrl);
  await waitFor(
    `${count} signatures`,
    async () => (await store.activities.countByActor(username)) >= count,
    withinMs,
  );
}

/** One more signature than there are now. */
async function signAgain(username: string, withinMs: number) {
  await using store = await connectStore(constellation.mongodbUrl);
  await haveSigned((await store.activities.countByActor(username)) + 1, username, withinMs);
}

test.each(OUTAGES_S)(
  'F5: Redis killed and back after %d s: nothing accepted is lost',
  async (seconds) => {
    const load = await startLoadOn();
    await redis.kill('SIGKILL');
    await delay(seconds * 1000);
    await redis.start();
    await signAgain(load.account.username, 3000);
    await load.finish();
    expect(await auditRegistrations(load, constellation)).toEqual([]);
  },
);

test('F6: Redis emptied with work waiting and under load: rebuilt from MongoDB', async () => {
  const load = await startLoadOn();
  const [signer] = constellation.signers;
  await signer.kill('SIGKILL');
  await waitFor('waiting jobs', async () => (await countJobs('wait', constellation)) > PER_SECOND);
  expect(await redisCommand(redis.url, 'FLUSHALL')).toBe('+OK');
  await signer.start();
  for (let round = 0; round < 5; round += 1) {
    await signAgain(load.account.username, 5000);
    expect(await redisCommand(redis.url, 'FLUSHALL')).toBe('+OK');
  }
  await load.finish();
  expect(await auditRegistrations(load, constellation)).toEqual([]);
});

test('F7: Redis stopped: answers come within 2 s, and work goes on when it does', async () => {
  const load = await startLoadOn();
  redis.pause();
  const from = performance.now();
  await delay(8000);
  const until = performance.now() - ANSWER_MS;
  redis.resume();
  await signAgain(load.account.username, 5000);
  await load.finish();
  expect(findSlowAttempts(load.registrations, { from, until, limitMs: ANSWER_MS })).toEqual([]);
  expect(await auditRegistrations(load, constellation)).toEqual([]);
});

test('F7: every connection to Redis cut, again and again: work goes on', async () => {
  const load = await startLoadOn();
  for (let round = 0; round < 5; round += 1) {
    expect(await redisCommand(redis.url, 'CLIENT', 'KILL', 'TYPE', 'normal')).toMatch(/^:[1-9]/);
    await signAgain(load.account.username, 3000);
  }
  await load.finish();
  expect(await auditRegistrations(load, constellation)).toEqual([]);
});

test('F7: Redis full: answers come within 2 s, and work goes on when there is room', async () => {
  const load = await startLoadOn();
  await redisCommand(redis.url, 'CONFIG', 'SET', 'maxmemory', '1mb');
  const from = performance.now();
  await delay(6000);
  const until = performance.now() - ANSWER_MS;
  await redisCommand(redis.url, 'CONFIG', 'SET', 'maxmemory', '0');
  await signAgain(load.account.username, 5000);
  await load.finish();
  expect(findSlowAttempts(load.registrations, { from, until, limitMs: ANSWER_MS })).toEqual([]);
  expect(await auditRegistrations(load, constellation)).toEqual([]);
});
