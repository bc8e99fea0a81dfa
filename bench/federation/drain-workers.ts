import { createProducer } from '@artdag/queues';
import { freePort, leaveNothing, waitFor } from '@artdag/testing';
import { cpuSince, cpuTimeMs, eachGroup } from '../measure/cpu-time.ts';
import { followersAt, hostsOf } from './add-followers.ts';
import { registerAccount, registerAssets } from './register-assets.ts';
import { startSink } from './start-sink.ts';
import { startOurs } from './subjects.ts';
import { writeBacklog } from './write-backlog.ts';

leaveNothing();

/**
 * How much faster two federation workers drain the same backlog than one. Peers take their time to
 * answer, as real ones do, and a worker has few slots, so that one alone does not use up the cores:
 * the last column says whether they were used up.
 */
const WAITING = Number(process.env['BENCH_WAITING'] ?? 3000);
const SLOTS = process.env['BENCH_SLOTS'] ?? '16';
const PEER_MS = process.env['BENCH_PEER_MS'] ?? '100';
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 2);
const AUTHOR = 'bench';
const WORKERS = [1, 2];

const sinkPort = await freePort();
const followers = followersAt(sinkPort, WAITING);
await using sink = await startSink(sinkPort, { BENCH_PEER_MS: PEER_MS });
await using ours = await startOurs(hostsOf(followers), {
  federations: Math.max(...WORKERS),
  env: { ARTDAG_DELIVERY_CONCURRENCY: SLOTS },
});
const { store, constellation } = ours;
const drains = 1 + ROUNDS * WORKERS.length;
await registerAssets(ours.gatewayUrl, await registerAccount(ours.gatewayUrl, AUTHOR), drains);
const activities = await store.activities.pageByActor(AUTHOR, undefined, drains);
await using producer = createProducer({
  redisUrl: constellation.redisUrl,
  prefix: constellation.queuePrefix,
});
for (const worker of constellation.federations) await worker.kill('SIGTERM');
let sent = 0;

console.log(`${SLOTS} slots a worker, peers answer after ${PEER_MS} ms.

| workers | waiting | seconds | deliveries/s | beside one worker | CPU ms per delivery | cores in use |
|---|---|---|---|---|---|---|`);
// The first drain warms hosts and stores up.
await drain(1);
for (let round = 0; round < ROUNDS; round += 1) {
  let alone = 0;
  for (const workers of WORKERS) {
    const { seconds, used } = await drain(workers);
    if (workers === 1) alone = seconds;
    const cpuMs = used.reduce((sum, { ms }) => sum + ms, 0);
    const each = used.map(({ group, ms }) => `${group} ${(ms / WAITING).toFixed(2)}`).join(', ');
    console.log(
      `| ${workers} | ${WAITING} | ${seconds.toFixed(1)} | ${Math.round(WAITING / seconds)} | ${(alone / seconds).toFixed(2)} | ${each} | ${(cpuMs / 1000 / seconds).toFixed(2)} |`,
    );
  }
}

/** Writes a backlog while no worker runs, and lets so many at it. */
async function drain(count: number) {
  const activity = activities.pop();
  if (!activity) throw new Error('no activity');
  const workers = constellation.federations.slice(0, count);
  await writeBacklog(activity, followers, { store, producer });
  await Promise.all(workers.map((worker) => worker.start()));
  const groups = { ...ours.groups, federation: workers.map((worker) => worker.pid()) };
  const before = await eachGroup(groups, cpuTimeMs);
  const already = (await sink.seen()).different - sent;
  const startedAt = performance.now();
  sent += WAITING;
  await waitFor(
    'the backlog is drained',
    async () => (await sink.seen()).different >= sent,
    1_200_000,
  );
  // What went out before the last worker was ready is not part of the measured time.
  const seconds = ((performance.now() - startedAt) / 1000 / (WAITING - already)) * WAITING;
  const { used } = await cpuSince(groups, before);
  for (const worker of workers) await worker.kill('SIGTERM');
  return { seconds, used };
}
