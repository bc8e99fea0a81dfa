import { connectStore } from '@artdag/store';
import { type Constellation, startConstellation, startTcpProxy, waitFor } from '@artdag/testing';
import { inject, type TestContext, test } from 'vitest';
import { createAccount } from './account.ts';
import { auditRegistrations, waitUntilSettled } from './audit-registrations.ts';
import { countJobs, hasJob, isLocked } from './queue-probe.ts';
import { newRegistration, register, tryToRegister } from './register.ts';
import { startLoad } from './registration-load.ts';

const KILLS = 30;
const urls = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };

function showLogsOnFailure(constellation: Constellation, { onTestFailed }: TestContext) {
  onTestFailed(() => console.error(constellation.logs()));
}

// Two of them wait for the locks of the dead most of the time, and the third works meanwhile.

test.concurrent('F1: a gateway killed between the write and the enqueue loses nothing', async (context) => {
  const { expect } = context;
  await using redis = await startTcpProxy(urls.redisUrl);
  await using constellation = await startConstellation({ ...urls, gatewayProxies: { redis } });
  showLogsOnFailure(constellation, context);
  await using store = await connectStore(constellation.mongodbUrl);
  const {
    gateways: [gateway],
    signers: [signer],
  } = constellation;
  const account = await createAccount(gateway.url);
  await signer.kill('SIGKILL');
  redis.swallow();

  const registration = newRegistration(`${account.username}:work`);
  const answered = tryToRegister(registration, gateway.url, account);
  const stored = await waitFor('the write', () => store.assets.find(registration.name));
  await gateway.kill('SIGKILL');
  await answered;
  const activityId = stored.activityId ?? '';
  expect(registration.status).toBe('lost');
  expect(await hasJob(activityId, constellation)).toBe(false);

  redis.pass();
  await Promise.all([gateway.start(), signer.start()]);
  await waitFor('the signature', () => store.activities.find(activityId), 5000);

  await register(registration, () => gateway.url, account);
  expect(registration).toMatchObject({ status: 200 });
  const ledger = { account, registrations: [registration], refusals: [] };
  expect(await auditRegistrations(ledger, constellation)).toEqual([]);
});

test.concurrent(`F2: a signer killed ${KILLS} times in its signatures makes each of them once`, async (context) => {
  const { expect } = context;
  await using constellation = await startConstellation(urls);
  showLogsOnFailure(constellation, context);
  await using store = await connectStore(constellation.mongodbUrl);
  const [signer] = constellation.signers;
  const load = await startLoad([constellation.gateways[0].url], 20);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await waitFor('a signer at work', async () => (await countJobs('active', constellation)) > 0);
    await signer.kill('SIGKILL');
    await signer.start();
  }
  await load.finish();
  await waitUntilSettled(store, 10_000);
  expect(await auditRegistrations(load, constellation)).toEqual([]);
});

test.concurrent('F2: one job that sees its signer die three times is signed once', async (context) => {
  const { expect } = context;
  await using mongodb = await startTcpProxy(urls.mongodbUrl);
  await using constellation = await startConstellation({ ...urls, signerProxies: { mongodb } });
  showLogsOnFailure(constellation, context);
  await using store = await connectStore(constellation.mongodbUrl);
  const {
    gateways: [gateway],
    signers: [signer],
  } = constellation;
  const account = await createAccount(gateway.url);

  mongodb.swallow();
  const registration = newRegistration(`${account.username}:work`);
  const answered = tryToRegister(registration, gateway.url, account);
  const { activityId } = await waitFor('the write', () => store.assets.find(registration.name));
  const isTaken = () => isLocked(activityId ?? '', constellation);
  for (let death = 0; death < 3; death += 1) {
    await waitFor('the job is taken', isTaken, 10_000);
    await signer.kill('SIGKILL');
    mongodb.pass();
    await signer.start();
    if (death < 2) mongodb.swallow();
    await waitFor('the lock of the dead ends', async () => !(await isTaken()), 10_000);
  }
  await answered;
  await waitFor('the signature', () => store.activities.find(activityId ?? ''), 10_000);
  const ledger = { account, registrations: [registration], refusals: [] };
  expect(await auditRegistrations(ledger, constellation)).toEqual([]);
});
