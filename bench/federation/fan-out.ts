import { freePort, leaveNothing, waitFor } from '@artdag/testing';
import {
  cpuSince,
  cpuTimeMs,
  eachGroup,
  memoryMib,
  type ProcessGroups,
  serverPids,
} from '../measure/cpu-time.ts';
import { addFollowers, followersAt, hostsOf } from './add-followers.ts';
import { registerAccount, registerAssets } from './register-assets.ts';
import { startSink } from './start-sink.ts';
import { startFedify, startOurs } from './subjects.ts';

leaveNothing();

const ACTIVITIES = Number(process.env['BENCH_ACTIVITIES'] ?? 500);
/** A peer that is slower is given fewer: what counts is the cost of each. */
const PEER_ACTIVITIES = Number(process.env['BENCH_PEER_ACTIVITIES'] ?? 30);
const FOLLOWERS = Number(process.env['BENCH_FOLLOWERS'] ?? 100);
const AUTHOR = 'bench';

console.log(
  `| server | signed by | deliveries | seconds | deliveries/s | per CPU-second of the server | CPU ms per delivery | sent twice | MiB |
|---|---|---|---|---|---|---|---|---|`,
);
await measureOurs('RSA');
await measureOurs('Ed25519');
if (PEER_ACTIVITIES > 0) await measureFedify();

async function measureOurs(signedBy: 'RSA' | 'Ed25519'): Promise<void> {
  const sinkPort = await freePort();
  const followers = followersAt(sinkPort, FOLLOWERS);
  const hosts = hostsOf(followers);
  await using ours = await startOurs(hosts);
  const token = await registerAccount(ours.gatewayUrl, AUTHOR);
  await addFollowers(AUTHOR, followers, ours.store);
  const now = new Date();
  // What a delivery to each has taught before.
  const manners =
    signedBy === 'RSA' ? ({ scheme: 'cavage' } as const) : { acceptsEd25519: true, ed25519At: now };
  for (const host of hosts) await ours.store.hosts.learn(host, manners, now);
  const work = { sinkPort, groups: ours.groups, activities: ACTIVITIES };
  await measure(`Art DAG L2 | ${signedBy}`, work, (count) =>
    registerAssets(ours.gatewayUrl, token, count),
  );
}

async function measureFedify(): Promise<void> {
  const sinkPort = await freePort();
  await using fedify = await startFedify();
  const work = { sinkPort, groups: fedify.groups, activities: PEER_ACTIVITIES };
  await measure('Fedify 2.3.6 | RSA', work, async (count) => {
    const url = `${fedify.url}/bench/publish?count=${count}`;
    await fetch(url, { method: 'POST', body: JSON.stringify(followersAt(sinkPort, FOLLOWERS)) });
  });
}

interface Work {
  readonly sinkPort: number;
  readonly groups: ProcessGroups;
  readonly activities: number;
}

async function measure(
  name: string,
  { sinkPort, groups, activities }: Work,
  publish: (count: number) => Promise<void>,
): Promise<void> {
  await using sink = await startSink(sinkPort);
  const expected = activities * FOLLOWERS;
  const before = await eachGroup(groups, cpuTimeMs);
  const start = performance.now();
  await publish(activities);
  await waitFor(
    'all deliveries have come',
    async () => (await sink.seen()).different >= expected,
    1_200_000,
  );
  const seconds = (performance.now() - start) / 1000;
  const { used, serverMs } = await cpuSince(groups, before);
  const each = used.map(({ group, ms }) => `${group} ${(ms / expected).toFixed(2)}`).join(', ');
  const memory = await memoryMib(serverPids(groups));
  const { posts, different } = await sink.seen();
  console.log(
    `| ${name} | ${different} | ${seconds.toFixed(1)} | ${Math.round(expected / seconds)} | ${Math.round((expected / serverMs) * 1000)} | ${each} | ${posts - different} | ${memory} |`,
  );
}
