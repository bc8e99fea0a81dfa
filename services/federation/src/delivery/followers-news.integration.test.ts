import { digestFollowers, parseCollectionSynchronization } from '@artdag/activitypub';
import { checkHttpSignature, readHttpSignature, verifyHttpSignature } from '@artdag/signatures';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import {
  createTestFederation,
  publicKeys,
  type TestFederation,
} from '../testing/create-test-federation.ts';
import { type ReceivedPost, type Sink, startSink } from '../testing/start-sink.ts';

let parts: AsyncDisposableStack;
let federation: TestFederation;
let sink: Sink;

beforeEach(async () => {
  parts = new AsyncDisposableStack();
  sink = parts.use(await startSink());
  federation = parts.use(
    await createTestFederation({ mongodbUrl: inject('mongodbUrl'), hosts: [sink.host] }),
  );
  for (const name of ['ann', 'bob']) await federation.follow(name, sink.inbox);
  await federation.follow('eve', 'https://other.example/inbox');
});
afterEach(() => parts.disposeAsync());

async function deliver(wish: Parameters<TestFederation['publish']>[0] = {}) {
  const { activityId } = await federation.publish(wish);
  await federation.fanOut(activityId);
  const rows = await federation.store.deliveries.listByActivity(activityId, 10);
  for (const { deliveryId, inbox } of rows)
    if (inbox === sink.inbox) await federation.deliver(deliveryId);
  return sink.posts.at(-1);
}

const newsIn = (post: ReceivedPost | undefined) =>
  parseCollectionSynchronization(String(post?.headers['collection-synchronization'] ?? ''));

function coveredBy({ path: target, headers, body }: ReceivedPost) {
  const request = { method: 'POST', target, origin: `http://${sink.host}`, headers };
  const read = readHttpSignature(request);
  if (!read.ok) return undefined;
  const checks = { body: Buffer.from(body), now: federation.context.now() };
  const isGood =
    checkHttpSignature(request, read.signature, checks) === undefined &&
    verifyHttpSignature(read.signature, publicKeys['rsa-sha256']).ok;
  return isGood ? read.signature.covered : undefined;
}

test.each(['cavage', 'rfc9421'] as const)(
  'a Create tells a host which of its actors follow, under its signature (%s)',
  async (scheme) => {
    await federation.store.hosts.learn(sink.host, { scheme }, federation.context.now());
    const post = await deliver();
    expect(newsIn(post)).toEqual({
      collectionId: 'https://art.test/users/giles/followers',
      url: 'https://art.test/users/giles/followers_synchronization',
      digest: digestFollowers(['ann', 'bob'].map((name) => `http://${sink.host}/users/${name}`)),
    });
    expect(post && coveredBy(post)?.has('collection-synchronization')).toBe(true);
  },
);

test('a host is told every ten minutes, and what is so then', async () => {
  const first = newsIn(await deliver());
  expect(newsIn(await deliver({ objectIri: 'https://art.test/objects/2' }))).toBeUndefined();
  await federation.store.followers.remove('giles', `http://${sink.host}/users/bob`);
  federation.clock.time += 10 * 60_000;
  const later = newsIn(await deliver({ objectIri: 'https://art.test/objects/3' }));
  expect(later?.digest).toBe(digestFollowers([`http://${sink.host}/users/ann`]));
  expect(later?.digest).not.toBe(first?.digest);
});

test('what is no Create for followers tells nothing', async () => {
  expect(newsIn(await deliver({ type: 'Announce' }))).toBeUndefined();
});
