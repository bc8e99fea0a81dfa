import { createQueueInspector, processInboxActivity } from '@artdag/queues';
import { freePort, leaveNothing, waitFor } from '@artdag/testing';
import { type PostResult, postAll, postSteadily } from './post-all.ts';
import { presign } from './presign.ts';
import { serveActors } from './serve-actors.ts';
import { createSigners } from './signers.ts';
import { startOurs } from './subjects.ts';

leaveNothing();

/**
 * How soon the inbox answers a steady stream of posts while many others wait to be processed: with
 * no worker, and while a worker drains them.
 */
const WAITING = Number(process.env['BENCH_WAITING'] ?? 10_000);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
const ACTORS = Number(process.env['BENCH_ACTORS'] ?? 500);
const PER_SECOND = 100;
const CONNECTIONS = 64;

const port = await freePort();
const signers = createSigners(`http://127.0.0.1:${port}`, ACTORS);
await using _actors = await serveActors(signers, port);
await using ours = await startOurs([`127.0.0.1:${port}`]);
const [worker] = ours.constellation.federations;
if (!worker) throw new Error('no federation worker');
await using inspector = createQueueInspector({
  redisUrl: ours.constellation.redisUrl,
  prefix: ours.constellation.queuePrefix,
});
let signed = 0;

// Actors are fetched, and code is compiled, before the clock starts.
await postAll(ours.address, await signPosts(ACTORS), 16);
await waitFor('nothing waits', async () => (await ours.waiting()) === 0, 120_000);

console.log(`| ${PER_SECOND} posts/s for ${SECONDS} s | waiting at the start | waiting at the end | refused | p50 ms | p99 ms |
|---|---|---|---|---|---|`);
await measure('nothing waits');
await worker.kill('SIGTERM');
await postAll(ours.address, await signPosts(WAITING), CONNECTIONS);
await measure('no worker runs');
await worker.start();
await measure('a worker drains them');

async function measure(name: string): Promise<void> {
  const posts = await signPosts(PER_SECOND * SECONDS);
  const before = await countWaiting();
  const result: PostResult = await postSteadily(ours.address, posts, PER_SECOND);
  console.log(
    `| ${name} | ${before} | ${await countWaiting()} | ${result.refused} | ${result.p50} | ${result.p99} |`,
  );
}

async function countWaiting(): Promise<number> {
  const { counts } = await inspector.inspect(processInboxActivity);
  return counts.waiting + counts.active;
}

async function signPosts(count: number) {
  const posts = await presign(signers, {
    url: ours.inboxUrl,
    count,
    variant: 'cavage',
    from: signed,
  });
  signed += count;
  const { host } = new URL(ours.inboxUrl);
  return posts.map((post) => ({ ...post, headers: { ...post.headers, host } }));
}
