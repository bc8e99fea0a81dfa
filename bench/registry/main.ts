import { connectStore } from '@artdag/store';
import { freePort, startChild, waitFor } from '@artdag/testing';
import { TABLE_HEAD } from '../measure/print-measurement.ts';
import type { Load } from '../measure/run-load.ts';
import { seedRegistry } from './seed-registry.ts';
import { OWNER, startRegistryScene } from './start-registry-scene.ts';

const ASSETS = Number(process.env['BENCH_ASSETS'] ?? 100_000);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);

await using scene = await startRegistryScene();

console.log(TABLE_HEAD);
await measureFloor();
const registration = { ...post('/registry', assetBody('small')), connections: 16 };
await scene.report('register (empty registry)', registration);
await seed();
await scene.report(`register (${ASSETS} assets)`, { ...registration, body: assetBody('large') });
for (const [name, path] of Object.entries(readPaths())) {
  await scene.report(name, { url: `${scene.url}${path}`, connections: 32, seconds: SECONDS });
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
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${scene.token}` };
  return {
    url: `${scene.url}${path}`,
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
  await using store = await connectStore(scene.mongodbUrl);
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
  await scene.report(
    'floor: Fastify, one constant',
    { url, connections: 32, seconds: SECONDS },
    { gateway: [floor.pid] },
  );
}
