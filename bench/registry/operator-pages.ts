import { createProducer, deliverActivity, jobIdOf } from '@artdag/queues';
import { connectStore, type Store } from '@artdag/store';
import { delayCopies, waitFor } from '@artdag/testing';
import { seedRegistry } from './seed-registry.ts';
import { OWNER, startRegistryScene } from './start-registry-scene.ts';

/** How long each page for operators takes, one request after the other, while much waits. */
const ASSETS = Number(process.env['BENCH_ASSETS'] ?? 100_000);
const JOBS = Number(process.env['BENCH_JOBS'] ?? 100_000);
const HOSTS = 1000;
const HOUR_MS = 3_600_000;
const CHUNK = 1000;
const TIMES = 20;
const PAGES = [
  '/admin',
  '/admin/queues',
  '/admin/queues/deliver-activity?state=delayed',
  '/admin/failures',
  '/admin/peers',
  '/admin/l1',
  '/admin/users',
  '/admin/reports',
  '/admin/audit',
  '/admin/settings',
];

await using scene = await startRegistryScene({ federations: 1, l1Syncs: 1 });
await using store = await connectStore(scene.mongodbUrl);
await store.users.setRole(OWNER, 'operator');
await seedAssets(store);
await seedHosts(store);
await seedDeliveries(store);
await delayJobs();

console.log(`| page | p50 ms | slowest of ${TIMES}, ms | KB |\n|---|---|---|---|`);
for (const page of PAGES) console.log(await measure(page));

async function measure(page: string): Promise<string> {
  const times: number[] = [];
  let bytes = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const startedAt = performance.now();
    const answer = await fetch(`${scene.url}${page}`, {
      headers: { accept: 'text/html', cookie: `auth_token=${scene.token}` },
    });
    bytes = (await answer.arrayBuffer()).byteLength;
    times.push(performance.now() - startedAt);
    if (!answer.ok) throw new Error(`${page} was answered by ${answer.status}`);
  }
  times.sort((one, other) => one - other);
  const at = (index: number) => (times[index] ?? 0).toFixed(0);
  return `| ${page} | ${at(TIMES / 2)} | ${at(TIMES - 1)} | ${(bytes / 1000).toFixed(1)} |`;
}

async function seedAssets(to: Store): Promise<void> {
  await fetch(`${scene.url}/registry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${scene.token}` },
    body: JSON.stringify({ name: 'first', content_hash: 'first', asset_type: 'image' }),
  });
  const sample = await waitFor(
    'a signature',
    async () => (await to.activities.pageByActor(OWNER, undefined, 1))[0],
  );
  await seedRegistry(to, OWNER, ASSETS, sample);
}

async function seedHosts(to: Store): Promise<void> {
  const now = new Date();
  const experience = { failures: 1, firstFailureAt: now, lastErrorAt: now, lastError: 'timeout' };
  const hosts = Array.from({ length: HOSTS }, (_, index) => nameOfHost(index));
  await Promise.all(hosts.map((host) => to.hosts.learn(host, experience, now)));
}

function nameOfHost(index: number): string {
  return `host-${index % HOSTS}.example`;
}

/** Deliveries that wait for a next try, as after an outage of many peers. */
async function seedDeliveries(to: Store): Promise<void> {
  for (let start = 0; start < JOBS; start += CHUNK) {
    const rows = Array.from({ length: CHUNK }, (_, index) => {
      const host = nameOfHost(start + index);
      const activityId = `activity-${Math.floor((start + index) / HOSTS)}`;
      return {
        activityId,
        actor: OWNER,
        objectIri: `https://art.test/objects/${activityId}`,
        publishedAt: new Date(),
        inbox: `https://${host}/inbox`,
        host,
        hasPredecessor: false,
      };
    });
    await to.deliveries.insertMany(rows, new Date(Date.now() + HOUR_MS));
  }
}

async function delayJobs(): Promise<void> {
  await using producer = createProducer({ redisUrl: scene.redisUrl, prefix: scene.queuePrefix });
  await producer.enqueue(deliverActivity, 'example');
  const { name } = deliverActivity;
  await delayCopies({
    redisUrl: scene.redisUrl,
    queueKey: `{${scene.queuePrefix}:${name}}:${name}:`,
    jobId: jobIdOf(deliverActivity, 'example'),
    count: JOBS,
  });
}
