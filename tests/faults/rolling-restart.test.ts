import { type Role, waitFor } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, onTestFailed, test } from 'vitest';
import { post } from '../e2e/client.ts';
import { type L1, startL1 } from '../l1/start-l1.ts';
import { auditDeliveries } from './audit-deliveries.ts';
import { auditInbox } from './audit-inbox.ts';
import { auditRuns } from './audit-runs.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import { type FederationScene, startFederationScene } from './federation-scene.ts';
import { startRunLoad } from './run-load.ts';

const HOSTS = 4;
const TWICE = { gateways: 2, signers: 2, federations: 2, l1Syncs: 2 };
const PER_SECOND = 2;

let parts = new AsyncDisposableStack();
let scene: FederationScene;
let l1: L1;
let balancer: Balancer;
beforeAll(async () => {
  await using started = new AsyncDisposableStack();
  l1 = started.use(await startL1());
  scene = started.use(
    await startFederationScene({
      mongodbUrl: inject('mongodbUrl'),
      redisUrl: inject('redisUrl'),
      ...TWICE,
      hosts: HOSTS,
      env: { L1_SERVERS: l1.url },
    }),
  );
  balancer = started.use(await startBalancer(scene.constellation.gateways));
  parts = started.move();
});
afterAll(() => parts.disposeAsync());

/** All that the roles do, asked for through the balancer. */
async function startLoads() {
  const { author } = scene;
  const follows = await scene.startFollows('ada', PER_SECOND, balancer.url);
  const runs = await startRunLoad([balancer.url], l1, PER_SECOND);
  const publications: Promise<void>[] = [];
  const publish = () => publications.push(author.publish(1, balancer.url));
  const timer = setInterval(publish, 1000 / PER_SECOND);
  async function finish() {
    clearInterval(timer);
    await Promise.all([follows.finish(), runs.finish(), ...publications]);
  }
  return {
    follows,
    runs,
    finish,
    [Symbol.asyncDispose]: finish,
    /** Every answer, also those after which a client asked again; 404 is right for an unknown run. */
    answers: () => [
      ...author.registrations.flatMap(({ attempts }) => attempts.map(({ status }) => status)),
      ...follows.posted.flatMap(({ answers }) => answers.map(({ status }) => status)),
      ...runs.wishes.flatMap(({ contentHash, statuses }) =>
        statuses.filter((status) => contentHash !== undefined || status !== 404),
      ),
    ],
  };
}

type Loads = Awaited<ReturnType<typeof startLoads>>;

async function replace(role: Role) {
  expect(await role.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  await role.start();
}

/** As the manifests do it: out of the balancer first. A request that it holds is answered all the same. */
async function replaceGateway(gateway: Role, { runs: { account } }: Loads) {
  const name = `${account.username}:held by ${gateway.name}`;
  const held = post(
    `${gateway.url}/registry/record-run`,
    { run_id: `later.2.held-by-${gateway.name}`, output_name: name },
    account.token,
  );
  await waitFor('the request is held', () => l1.asked.has(`later.2.held-by-${gateway.name}`));
  await balancer.expel(gateway);
  await replace(gateway);
  expect(await held).toMatchObject({ status: 200, json: { asset: { name } } });
  await balancer.admit(gateway);
}

test('F14: each role is replaced, one process after the other, under load: no request fails, no job is lost', async () => {
  const { constellation, author } = scene;
  onTestFailed(() => console.error(constellation.logs()));
  await using loads = await startLoads();
  const { gateways, signers, federations, l1Syncs } = constellation;
  for (const role of [...signers, ...federations, ...l1Syncs]) await replace(role);
  for (const gateway of gateways) await replaceGateway(gateway, loads);
  await loads.finish();
  expect(loads.answers().filter((status) => status !== 200 && status !== 202)).toEqual([]);
  expect(await auditRuns(loads.runs, constellation)).toEqual([]);
  expect(await auditInbox(loads.follows, constellation)).toEqual([]);
  expect(await auditDeliveries(author, constellation)).toEqual([]);
});
