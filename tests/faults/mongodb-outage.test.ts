import { setTimeout as delay } from 'node:timers/promises';
import {
  type Constellation,
  type ProcessServer,
  startConstellation,
  startMongoServer,
  startTcpProxy,
  type TcpProxy,
  waitFor,
} from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, onTestFailed, test } from 'vitest';
import { auditRegistrations } from './audit-registrations.ts';
import { findSlowAttempts } from './find-slow-attempts.ts';
import type { Registration } from './register.ts';
import { startLoad } from './registration-load.ts';

const PER_SECOND = 25;
const RECOVERY_MS = 20_000;

let mongodb: ProcessServer;
let proxy: TcpProxy;
let constellation: Constellation;
beforeAll(async () => {
  mongodb = await startMongoServer();
  proxy = await startTcpProxy(mongodb.url);
  constellation = await startConstellation({
    mongodbUrl: mongodb.url,
    redisUrl: inject('redisUrl'),
    gatewayProxies: { mongodb: proxy },
    signerProxies: { mongodb: proxy },
  });
});
afterAll(async () => {
  await constellation?.[Symbol.asyncDispose]();
  await proxy?.[Symbol.asyncDispose]();
  await mongodb?.[Symbol.asyncDispose]();
});

async function startLoadOn() {
  onTestFailed(() => console.error(constellation.logs()));
  const load = await startLoad([constellation.gateways[0].url], PER_SECOND);
  await waitFor('accepted ones', () => countAccepted(load.registrations) > PER_SECOND);
  return load;
}

function countAccepted(registrations: readonly Registration[]): number {
  return registrations.filter(({ status }) => status === 200).length;
}

/** Some registration begun from now on is signed. */
async function workGoesOn(registrations: readonly Registration[]) {
  const before = registrations.length;
  await waitFor(
    'a new registration is signed',
    () => countAccepted(registrations.slice(before)) > 0,
    RECOVERY_MS,
  );
  const [gateway] = constellation.gateways;
  await waitFor('the gateway is ready', gateway.isReady);
}

/** What clients were told in the fault: no other failure than a 503 that says when to come again. */
function findOtherFailures(registrations: readonly Registration[]): string[] {
  return registrations.flatMap(({ name, attempts }) =>
    attempts
      .filter(({ status, retryAfter }) => {
        if (status === 503) return retryAfter === null;
        return status !== 200 && status !== 202;
      })
      .map(({ status }) => `${name}: ${status}`),
  );
}

test('F8: MongoDB killed and restarted under load: what was accepted is there', async () => {
  const load = await startLoadOn();
  for (let round = 0; round < 3; round += 1) {
    await mongodb.kill('SIGKILL');
    await delay(1000);
    await mongodb.start();
    await workGoesOn(load.registrations);
  }
  await load.finish();
  expect(findOtherFailures(load.registrations)).toEqual([]);
  expect(await auditRegistrations(load, constellation)).toEqual([]);
});

test('F8: MongoDB stopped: a 503 in bounded time, and work goes on when it does', async () => {
  const load = await startLoadOn();
  mongodb.pause();
  const from = performance.now();
  await delay(9000);
  const until = performance.now();
  mongodb.resume();
  await workGoesOn(load.registrations);
  await load.finish();
  expect(findSlowAttempts(load.registrations, { from, until, limitMs: 10_000 })).toEqual([]);
  expect(findOtherFailures(load.registrations)).toEqual([]);
  expect(await auditRegistrations(load, constellation)).toEqual([]);
});

test('F8: MongoDB slow by 2 s: late answers, and none that is not true', async () => {
  const load = await startLoadOn();
  proxy.delay(2000);
  const from = performance.now();
  await delay(8000);
  const until = performance.now();
  proxy.pass();
  await workGoesOn(load.registrations);
  await load.finish();
  expect(findSlowAttempts(load.registrations, { from, until, limitMs: 15_000 })).toEqual([]);
  expect(findOtherFailures(load.registrations)).toEqual([]);
  expect(await auditRegistrations(load, constellation)).toEqual([]);
});
