import { freePort, leaveNothing, type Role, waitFor } from '@artdag/testing';
import { addFollowers, followersAt, hostsOf } from './add-followers.ts';
import { registerAccount, registerAssets } from './register-assets.ts';
import { startSink } from './start-sink.ts';
import { startOurs } from './subjects.ts';

leaveNothing();

/**
 * How long the work of a worker that is killed is held up: from SIGKILL, with another started at
 * once, until all that had been accepted is signed and delivered.
 */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const WORKS = 40;
const FOLLOWERS = 20;
const AUTHOR = 'bench';

const sinkPort = await freePort();
const followers = followersAt(sinkPort, FOLLOWERS);
await using sink = await startSink(sinkPort);
await using ours = await startOurs(hostsOf(followers));
const token = await registerAccount(ours.gatewayUrl, AUTHOR);
await addFollowers(AUTHOR, followers, ours.store);
let works = 0;

console.log('| killed at work | seconds until all is done, each time |\n|---|---|');
for (const role of [...ours.constellation.signers, ...ours.constellation.federations]) {
  const times: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await measure(role));
  console.log(`| ${role.name} | ${times.join(', ')} |`);
}

async function measure(role: Role): Promise<string> {
  const done = works * FOLLOWERS;
  const registered = registerAssets(ours.gatewayUrl, token, WORKS, works);
  works += WORKS;
  await waitFor('it is at work', async () => (await sink.seen()).different > done, 60_000);
  const killedAt = performance.now();
  await role.kill('SIGKILL');
  await role.start();
  await registered;
  await waitFor(
    'all has come',
    async () => (await sink.seen()).different >= works * FOLLOWERS,
    120_000,
  );
  return ((performance.now() - killedAt) / 1000).toFixed(1);
}
