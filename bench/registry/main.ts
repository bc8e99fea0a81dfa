import { connectStore } from '@artdag/store';
import {
  freePort,
  startChild,
  startConstellation,
  startMongoServer,
  startRedisServer,
  waitFor,
} from '@artdag/testing';
import type { ProcessGroups } from '../measure/cpu-time.ts';
import { measureLoad } from '../measure/measure-load.ts';
import { formatMeasurement, TABLE_HEAD } from '../measure/print-measurement.ts';
import type { Load } from '../measure/run-load.ts';
import { seedRegistry } from './seed-registry.ts';

const ASSETS = Number(process.env['BENCH_ASSETS'] ?? 100_000);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
const OWNER = 'bench';

await using parts = new AsyncDisposableStack();
const mongo = parts.use(await startMongoServer());
const redis = parts.use(await startRedisServer());
const constellation = parts.use(
  await startConstellation({ mongodbUrl: mongo.url, redisUrl: redis.url }),
);
const [gateway] = constellation.gateways;
const groups = {
  gateway: [gateway.pid()],
  signer: constellation.signers.map((signer) => signer.pid()),
  mongodb: [mongo.pid()],
  redis: [redis.pid()],
};

const token = await registerOwner();
console.log(TABLE_HEAD);
await measureFloor();
const registration = { ...post('/registry', assetBody('small')), connections: 16 };
await report('register (empty registry)', registration, groups);
await seed();
await report(`register (${ASSETS} assets)`, { ...registration, body: assetBody('large') }, groups);
for (const [name, path] of Object.entries(readPaths())) {
  await report(name, { url: `${gateway.url}${path}`, connections: 32, seconds: SECONDS }, groups);
}

async function registerOwner(): Promise<string> {
  const answer = await fetch(`${gateway.url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: OWNER, password: 'only for benchmarks' }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}

function assetBody(prefix: string): string {
  const name = `${prefix}:[<id>]`;
  return JSON.stringify({
    name,
    content_hash: 'abc123...',
    asset_type: 'image',
    metadata: { title: 'a work' },
  });
}

function post(path: string, body: string): Load {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return {
    url: `${gateway.url}${path}`,
    method: 'POST',
    headers,
    body,
    connections: 16,
    seconds: SECONDS,
  };
}

function readPaths() {
  return {
    asset: '/registry/seed:500',
    object: '/objects/seed-hash-500',
    activity: '/activities/seed-500',
    actor: `/users/${OWNER}`,
    WebFinger: `/.well-known/webfinger?resource=acct:${OWNER}@art.test`,
    'outbox page': `/users/${OWNER}/outbox?page=first`,
    'registry page of 100': '/registry?limit=100',
  };
}

async function seed(): Promise<void> {
  await using store = await connectStore(constellation.mongodbUrl);
  const [sample] = await store.activities.pageByActor(OWNER, undefined, 1);
  if (!sample) throw new Error('no activity was signed');
  await seedRegistry(store, OWNER, ASSETS, sample);
}

async function measureFloor(): Promise<void> {
  const port = await freePort();
  const args = [new URL('floor.ts', import.meta.url).pathname];
  await using floor = startChild({
    command: process.execPath,
    args,
    env: { ...process.env, PORT: String(port) },
  });
  await waitFor('the floor is ready', async () => floor.output().includes('ready'), 10_000);
  const url = `http://127.0.0.1:${port}/`;
  await report(
    'floor: Fastify, one constant',
    { url, connections: 32, seconds: SECONDS },
    { gateway: [floor.pid] },
  );
}

async function report(name: string, load: Load, measured: ProcessGroups): Promise<void> {
  console.log(formatMeasurement(name, await measureLoad(load, measured)));
}
