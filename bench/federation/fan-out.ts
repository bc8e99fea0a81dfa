import { freePort, waitFor } from '@artdag/testing';
import {
  cpuSince,
  cpuTimeMs,
  eachGroup,
  memoryMib,
  type ProcessGroups,
  serverPids,
} from '../measure/cpu-time.ts';
import { registerAccount, registerAssets } from './register-assets.ts';
import { startSink } from './start-sink.ts';
import { startFedify, startOurs } from './subjects.ts';

const ACTIVITIES = Number(process.env['BENCH_ACTIVITIES'] ?? 500);
/** A peer that is slower is given fewer: what counts is the cost of each. */
const PEER_ACTIVITIES = Number(process.env['BENCH_PEER_ACTIVITIES'] ?? 30);
const FOLLOWERS = Number(process.env['BENCH_FOLLOWERS'] ?? 100);
const AUTHOR = 'bench';

console.log(
  `| server | deliveries | seconds | deliveries/s | per CPU-second of the server | CPU ms per delivery | sent twice | MiB |
|---|---|---|---|---|---|---|---|`,
);
await measureOurs();
await measureFedify();

async function measureOurs(): Promise<void> {
  const sinkPort = await freePort();
  const followers = followersAt(sinkPort);
  await using ours = await startOurs(followers.map(({ inbox }) => new URL(inbox).host));
  const token = await registerAccount(ours.gatewayUrl, AUTHOR);
  for (const { id, inbox } of followers) {
    await ours.store.followers.put({
      username: AUTHOR,
      actorIri: id,
      inbox,
      deliveryInbox: inbox,
      host: new URL(inbox).host,
      followIri: `${id}/follow`,
      since: new Date(),
    });
  }
  await measure('Art DAG L2', { sinkPort, groups: ours.groups, activities: ACTIVITIES }, (count) =>
    registerAssets(ours.gatewayUrl, token, count),
  );
}

async function measureFedify(): Promise<void> {
  const sinkPort = await freePort();
  await using fedify = await startFedify();
  const work = { sinkPort, groups: fedify.groups, activities: PEER_ACTIVITIES };
  await measure('Fedify 2.3.6', work, async (count) => {
    const url = `${fedify.url}/bench/publish?count=${count}`;
    await fetch(url, { method: 'POST', body: JSON.stringify(followersAt(sinkPort)) });
  });
}

/** Followers on hosts of their own: every address of the loopback network is one. */
function followersAt(port: number) {
  return Array.from({ length: FOLLOWERS }, (_, number) => {
    const origin = `http://127.0.1.${number + 1}:${port}`;
    return { id: `${origin}/actor`, inbox: `${origin}/inbox` };
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
