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
import { afterAll, beforeAll, describe, inject, type TestContext, test } from 'vitest';
import { auditRegistrations } from './audit-registrations.ts';
import { findSlowAttempts } from './find-slow-attempts.ts';
import type { Registration } from './register.ts';
import { startLoad } from './registration-load.ts';

const PER_SECOND = 25;
const RECOVERY_MS = 20_000;

/** Services on a MongoDB of their own, which they reach through a proxy. */
interface Scene extends AsyncDisposable {
  readonly mongodb: ProcessServer;
  readonly proxy: TcpProxy;
  readonly constellation: Constellation;
}

async function startScene(): Promise<Scene> {
  await using parts = new AsyncDisposableStack();
  const mongodb = parts.use(await startMongoServer());
  const proxy = parts.use(await startTcpProxy(mongodb.url));
  const constellation = parts.use(
    await startConstellation({
      mongodbUrl: mongodb.url,
      redisUrl: inject('redisUrl'),
      gatewayProxies: { mongodb: proxy },
      signerProxies: { mongodb: proxy },
    }),
  );
  const started = parts.move();
  return { mongodb, proxy, constellation, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

async function startLoadOn({ constellation }: Scene, { onTestFailed }: TestContext) {
  onTestFailed(() => console.error(constellation.logs()));
  const load = await startLoad([constellation.gateways[0].url], PER_SECOND);
  await waitFor('accepted ones', () => countAccepted(load.registrations) > PER_SECOND);
  return load;
}

function countAccepted(registrations: readonly Registration[]): number {
  return registrations.filter(({ status }) => status === 200).length;
}

/** Some registration begun from now on is signed. */
async function workGoesOn(
  registrations: readonly Registration[],
  { gateways: [gateway] }: Constellation,
) {
  const before = registrations.length;
  await waitFor(
    'a new registration is signed',
    () => countAccepted(registrations.slice(before)) > 0,
    RECOVERY_MS,
  );
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

// Most of the time is waited through, so two scenes stand side by side.
describe.concurrent('a MongoDB that is killed or slow', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  test('F8: MongoDB killed and restarted under load: what was accepted is there', {
    concurrent: false,
  }, async (context) => {
    const { expect } = context;
    const { mongodb, constellation } = scene;
    const load = await startLoadOn(scene, context);
    for (let round = 0; round < 3; round += 1) {
      await mongodb.kill('SIGKILL');
      await delay(1000);
      await mongodb.start();
      await workGoesOn(load.registrations, constellation);
    }
    await load.finish();
    expect(findOtherFailures(load.registrations)).toEqual([]);
    expect(await auditRegistrations(load, constellation)).toEqual([]);
  });

  test('F8: MongoDB slow by 2 s: late answers, and none that is not true', {
    concurrent: false,
  }, async (context) => {
    const { expect } = context;
    const { proxy, constellation } = scene;
    const load = await startLoadOn(scene, context);
    proxy.delay(2000);
    const from = performance.now();
    await delay(8000);
    const until = performance.now();
    proxy.pass();
    await workGoesOn(load.registrations, constellation);
    await load.finish();
    expect(findSlowAttempts(load.registrations, { from, until, limitMs: 15_000 })).toEqual([]);
    expect(findOtherFailures(load.registrations)).toEqual([]);
    expect(await auditRegistrations(load, constellation)).toEqual([]);
  });
});

describe.concurrent('a MongoDB that hangs', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  test('F8: MongoDB stopped: a 503 in bounded time, and work goes on when it does', {
    concurrent: false,
  }, async (context) => {
    const { expect } = context;
    const { mongodb, constellation } = scene;
    const load = await startLoadOn(scene, context);
    mongodb.pause();
    const from = performance.now();
    await delay(9000);
    const until = performance.now();
    mongodb.resume();
    await workGoesOn(load.registrations, constellation);
    await load.finish();
    expect(findSlowAttempts(load.registrations, { from, until, limitMs: 10_000 })).toEqual([]);
    expect(findOtherFailures(load.registrations)).toEqual([]);
    expect(await auditRegistrations(load, constellation)).toEqual([]);
  });
});
