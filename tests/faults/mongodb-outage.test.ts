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
import { findOtherFailures } from './find-other-failures.ts';
import { findSlowAttempts } from './find-slow-attempts.ts';
import { startLoad } from './registration-load.ts';
import { countAccepted, workGoesOn } from './work-goes-on.ts';

/** SecantusDB's wheel has to take this on a busy machine, beside what waited through an outage. */
const PER_SECOND = 10;

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
