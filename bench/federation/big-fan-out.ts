import { setTimeout as delay } from 'node:timers/promises';
import { freePort, leaveNothing, waitFor } from '@artdag/testing';
import { cpuSince, cpuTimeMs, eachGroup, memoryMib } from '../measure/cpu-time.ts';
import { addFollowers, followersAt, hostsOf } from './add-followers.ts';
import { registerAccount, registerAssets } from './register-assets.ts';
import { startSink } from './start-sink.ts';
import { startOurs } from './subjects.ts';

leaveNothing();

/**
 * One activity to very many inboxes: how long its fan-out takes, and what the federation process
 * holds at most meanwhile and until all is delivered.
 */
const INBOXES = Number(process.env['BENCH_INBOXES'] ?? 100_000);
const AUTHOR = 'bench';
const SAMPLE_EVERY_MS = 200;

const sinkPort = await freePort();
const followers = followersAt(sinkPort, INBOXES);
await using sink = await startSink(sinkPort);
await using ours = await startOurs(hostsOf(followers));
const token = await registerAccount(ours.gatewayUrl, AUTHOR);
await addFollowers(AUTHOR, followers, ours.store);

const before = await eachGroup(ours.groups, cpuTimeMs);
const idleMib = await memoryMib(ours.groups.federation);
const memory = watchMemory(ours.groups.federation);
const startedAt = performance.now();
const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
await registerAssets(ours.gatewayUrl, token, 1);
const answered = Math.round(performance.now() - startedAt);
const [activity] = await ours.store.activities.pageByActor(AUTHOR, undefined, 1);
await waitFor(
  'the fan-out is done',
  async () => !(await ours.store.activities.findUnsent(activity?.activityId ?? '')),
  600_000,
);
const fannedOut = { seconds: seconds(), peakMib: memory.peak() };
await waitFor(
  'all deliveries have come',
  async () => (await sink.seen()).different >= INBOXES,
  1_200_000,
);
const { used } = await cpuSince(ours.groups, before);
const each = used.map(({ group, ms }) => `${group} ${(ms / INBOXES).toFixed(2)}`).join(', ');
console.log(`| inboxes | answer of the API, ms | fan-out, s | all delivered, s | CPU ms per delivery | federation idle, MiB | most in the fan-out, MiB | most until the end, MiB |
|---|---|---|---|---|---|---|---|
| ${INBOXES} | ${answered} | ${fannedOut.seconds} | ${seconds()} | ${each} | ${idleMib} | ${fannedOut.peakMib} | ${memory.peak()} |`);
await memory.stop();

function watchMemory(pids: readonly number[]) {
  let peak = 0;
  let isStopped = false;
  const watch = async () => {
    while (!isStopped) {
      peak = Math.max(peak, await memoryMib(pids));
      await delay(SAMPLE_EVERY_MS);
    }
  };
  const watching = watch();
  return {
    peak: () => peak,
    stop: () => {
      isStopped = true;
      return watching;
    },
  };
}
