import { freePort, waitFor } from '@artdag/testing';
import { cpuSince, cpuTimeMs, eachGroup, memoryMib, serverPids } from '../measure/cpu-time.ts';
import { postAll } from './post-all.ts';
import { presign, type Variant } from './presign.ts';
import { serveActors } from './serve-actors.ts';
import { createSigners } from './signers.ts';
import { type Subject, startFedify, startOurs } from './subjects.ts';

const ACTORS = Number(process.env['BENCH_ACTORS'] ?? 500);
const POSTS = Number(process.env['BENCH_POSTS'] ?? 6000);
const CONNECTIONS = 64;
const VARIANTS: readonly Variant[] = ['cavage', 'rfc9421', 'cavage and proof'];

const port = await freePort();
const signers = createSigners(`http://127.0.0.1:${port}`, ACTORS);
await using _actors = await serveActors(signers, port);

console.log(
  `| server | signed by | accepted/s | p50 ms | p99 ms | accepted and processed/s | per CPU-second of the server | CPU ms per post | MiB |
|---|---|---|---|---|---|---|---|---|`,
);
const subjects = [() => startOurs([`127.0.0.1:${port}`]), startFedify];
for (const start of subjects) {
  await using subject: Subject = await start();
  let accepted = 0;
  for (const variant of VARIANTS) {
    // Each actor's key is fetched before the clock starts, as it is once in a month in use.
    const first = await signFor(subject, variant, ACTORS, POSTS);
    accepted += (await postAll(subject.address, first, 16)).accepted;
    await drained(subject, accepted);
    accepted += await measure(subject, variant, accepted);
  }
}

/** Measures one variant after `acceptedBefore` posts, and returns how many more were accepted. */
async function measure(
  subject: Subject,
  variant: Variant,
  acceptedBefore: number,
): Promise<number> {
  const posts = await signFor(subject, variant, POSTS, 0);
  const before = await eachGroup(subject.groups, cpuTimeMs);
  const start = performance.now();
  const result = await postAll(subject.address, posts, CONNECTIONS);
  await drained(subject, acceptedBefore + result.accepted);
  const seconds = (performance.now() - start) / 1000;
  const { used, serverMs } = await cpuSince(subject.groups, before);
  const each = used
    .map(({ group, ms }) => `${group} ${(ms / result.accepted).toFixed(2)}`)
    .join(', ');
  const memory = await memoryMib(serverPids(subject.groups));
  console.log(
    `| ${subject.name} | ${variant} | ${Math.round(result.accepted / result.seconds)} | ${result.p50} | ${result.p99} | ${Math.round(result.accepted / seconds)} | ${Math.round((result.accepted / serverMs) * 1000)} | ${each} | ${memory} |`,
  );
  if (result.refused > 0) console.log(`${result.refused} posts were refused`);
  return result.accepted;
}

async function signFor(subject: Subject, variant: Variant, count: number, from: number) {
  const posts = await presign(signers, { url: subject.inboxUrl, count, variant, from });
  const host = new URL(subject.inboxUrl).host;
  return posts.map((post) => ({ ...post, headers: { ...post.headers, host } }));
}

/** Waits until all that was accepted is processed. */
async function drained(subject: Subject, accepted: number): Promise<void> {
  await waitFor(
    'all posts are processed',
    async () => (await subject.waiting(accepted)) <= 0,
    300_000,
  );
}
