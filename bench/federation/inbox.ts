import { freePort, leaveNothing, waitFor } from '@artdag/testing';
import { cpuSince, cpuTimeMs, eachGroup, memoryMib, serverPids } from '../measure/cpu-time.ts';
import { readLoopDelayP99 } from '../measure/read-loop-delay.ts';
import { postAll } from './post-all.ts';
import { presign, type Variant } from './presign.ts';
import { serveActors } from './serve-actors.ts';
import { createSigners } from './signers.ts';
import { type Subject, startFedify, startOurs } from './subjects.ts';

leaveNothing();

const ACTORS = Number(process.env['BENCH_ACTORS'] ?? 500);
const POSTS = Number(process.env['BENCH_POSTS'] ?? 6000);
/** Each variant is measured once a round, another one first in each. */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const PEER_ROUNDS = Number(process.env['BENCH_PEER_ROUNDS'] ?? 1);
const CONNECTIONS = 64;
const VARIANTS: readonly Variant[] = ['cavage', 'rfc9421', 'cavage and proof'];

const port = await freePort();
const signers = createSigners(`http://127.0.0.1:${port}`, ACTORS);
await using _actors = await serveActors(signers, port);

console.log(
  `| server | round | signed by | accepted/s | p50 ms | p99 ms | accepted and processed/s | per CPU-second of the server | CPU ms per post | event-loop delay of the gateway, p99 ms | MiB |
|---|---|---|---|---|---|---|---|---|---|---|`,
);
await measureSubject(() => startOurs([`127.0.0.1:${port}`]), ROUNDS);
if (PEER_ROUNDS > 0) await measureSubject(startFedify, PEER_ROUNDS);

async function measureSubject(start: () => Promise<Subject>, rounds: number): Promise<void> {
  await using subject = await start();
  let accepted = 0;
  let from = 0;
  for (const variant of VARIANTS) {
    // Actors are fetched once, and what runs for the first time is compiled, before the clock starts.
    const posts = await signFor(subject, variant, ACTORS, from);
    from += ACTORS;
    accepted += (await postAll(subject.address, posts, 16)).accepted;
  }
  await drained(subject, accepted);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < VARIANTS.length; turn += 1) {
      const variant = VARIANTS[(round + turn) % VARIANTS.length];
      if (!variant) throw new RangeError('no variant');
      accepted += await measure(subject, { round: round + 1, variant, from }, accepted);
      from += POSTS;
    }
  }
}

interface Run {
  readonly round: number;
  readonly variant: Variant;
  /** Number of the first post. */
  readonly from: number;
}

/** Measures one variant after `acceptedBefore` posts, and returns how many more were accepted. */
async function measure(
  subject: Subject,
  { round, variant, from }: Run,
  acceptedBefore: number,
): Promise<number> {
  const posts = await signFor(subject, variant, POSTS, from);
  if (subject.metricsUrl) await readLoopDelayP99(subject.metricsUrl);
  const before = await eachGroup(subject.groups, cpuTimeMs);
  const start = performance.now();
  const result = await postAll(subject.address, posts, CONNECTIONS);
  const loopDelay = subject.metricsUrl ? await readLoopDelayP99(subject.metricsUrl) : '';
  await drained(subject, acceptedBefore + result.accepted);
  const seconds = (performance.now() - start) / 1000;
  const { used, serverMs } = await cpuSince(subject.groups, before);
  const each = used
    .map(({ group, ms }) => `${group} ${(ms / result.accepted).toFixed(2)}`)
    .join(', ');
  const memory = await memoryMib(serverPids(subject.groups));
  console.log(
    `| ${subject.name} | ${round} | ${variant} | ${Math.round(result.accepted / result.seconds)} | ${result.p50} | ${result.p99} | ${Math.round(result.accepted / seconds)} | ${Math.round((result.accepted / serverMs) * 1000)} | ${each} | ${loopDelay} | ${memory} |`,
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
