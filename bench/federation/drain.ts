import { createProducer } from '@artdag/queues';
import { freePort, leaveNothing, redisCommand, waitFor } from '@artdag/testing';
import { cpuSince, cpuTimeMs, eachGroup } from '../measure/cpu-time.ts';
import { type BenchFollower, followersAt, hostsOf } from './add-followers.ts';
import { registerAccount, registerAssets } from './register-assets.ts';
import { startSink } from './start-sink.ts';
import { startOurs } from './subjects.ts';
import { writeBacklog } from './write-backlog.ts';

leaveNothing();

/**
 * How fast deliveries go out while many wait, beside a queue that is nearly empty, and what the
 * waiting ones cost in Redis. They are written while no federation worker runs.
 */
const WAITING = Number(process.env['BENCH_WAITING'] ?? 100_000);
const SAMPLE = Math.min(WAITING, Number(process.env['BENCH_SAMPLE'] ?? 10_000));
const AUTHOR = 'bench';

const sinkPort = await freePort();
const followers = followersAt(sinkPort, WAITING);
await using sink = await startSink(sinkPort);
await using ours = await startOurs(hostsOf(followers));
const { store, constellation } = ours;
const [worker] = constellation.federations;
if (!worker) throw new Error('no federation worker');
await registerAssets(ours.gatewayUrl, await registerAccount(ours.gatewayUrl, AUTHOR), 3);
const activities = await store.activities.pageByActor(AUTHOR, undefined, 3);
await using producer = createProducer({
  redisUrl: constellation.redisUrl,
  prefix: constellation.queuePrefix,
});
let sent = 0;

console.log(`| waiting | deliveries/s, the first ${SAMPLE} | deliveries/s, all | CPU ms per delivery | Redis MB |
|---|---|---|---|---|`);
// The first run warms the worker's hosts up, so that both others find the same.
for (const [index, waiting] of [SAMPLE, SAMPLE, WAITING].entries()) {
  const row = await drain(index, followers.slice(0, waiting));
  if (index > 0) console.log(row);
}

async function drain(index: number, targets: readonly BenchFollower[]): Promise<string> {
  await worker?.kill('SIGTERM');
  const activity = activities[index];
  if (!activity) throw new Error('no activity');
  await writeBacklog(activity, targets, { store, producer });
  const redisMb = await usedMemoryMb();
  await worker?.start();
  const groups = { ...ours.groups, federation: [worker?.pid() ?? 0] };
  const before = await eachGroup(groups, cpuTimeMs);
  const startedAt = performance.now();
  const sample = await secondsUntil(sent + SAMPLE, startedAt);
  sent += targets.length;
  const all = await secondsUntil(sent, startedAt);
  const { used } = await cpuSince(groups, before);
  const each = used.map(({ group, ms }) => `${group} ${(ms / targets.length).toFixed(2)}`);
  return `| ${targets.length} | ${Math.round(SAMPLE / sample)} | ${Math.round(targets.length / all)} | ${each.join(', ')} | ${redisMb} |`;
}

async function secondsUntil(count: number, startedAt: number): Promise<number> {
  await waitFor(
    `${count} deliveries have come`,
    async () => (await sink.seen()).different >= count,
    1_200_000,
  );
  return (performance.now() - startedAt) / 1000;
}

async function usedMemoryMb(): Promise<number> {
  const facts = await redisCommand(constellation.redisUrl, 'INFO', 'memory');
  return Math.round(Number(/used_memory:(\d+)/.exec(facts)?.[1] ?? 0) / 1e6);
}
