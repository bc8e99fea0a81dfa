import type { Store } from '@artdag/store';
import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createPeer, type TestPost } from '../testing/create-peer.ts';
import { startInbox } from '../testing/start-inbox.ts';

const HOUR_MS = 3_600_000;

const ann = createPeer('ann');
const eve = createPeer('eve', 'https://evil.example');
const bad = createPeer('bad', 'https://sub.blocked.example');
const stranger = createPeer('stranger', 'https://stranger.example');

let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
  for (const peer of [ann, eve, bad]) await store.remoteActors.save(peer.actor());
  await store.hosts.setRule('blocked.example', 'blocked');
  const until = new Date(Date.now() + HOUR_MS);
  await store.remoteActors.rememberFailure(stranger.keyIds.rsa, 'key-missing', until);
});
afterAll(async () => {
  await store?.[Symbol.asyncDispose]();
});

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const withHeader = (post: TestPost, name: string, value: string): TestPost => ({
  ...post,
  headers: { ...post.headers, [name]: value },
});
const withoutHeader = (post: TestPost, name: string): TestPost => {
  const { [name]: _, ...headers } = post.headers;
  return { ...post, headers };
};
const withBody = (post: TestPost, body: object): TestPost => ({
  ...post,
  payload: Buffer.from(JSON.stringify(body)),
});
/** A post whose body is other than what was signed. */
const tampered = (post: TestPost) =>
  withBody(post, ann.activity({ object: 'https://other.example/' }));
const text = (members: string) =>
  `{"@context":"https://www.w3.org/ns/activitystreams","id":"https://peer.example/activities/x","type":"Create","actor":"${ann.actorIri}",${members}}`;
const at = (ms: number) => new Date(Date.now() + ms);

const REFUSALS: readonly [name: string, status: number, make: () => Promise<TestPost>][] = [
  [
    'a body of more than 256 KB',
    413,
    () => ann.post(ann.activity({ content: 'x'.repeat(270_000) })),
  ],
  [
    'text',
    415,
    async () => withHeader(await ann.post(ann.activity()), 'content-type', 'text/plain'),
  ],
  [
    'no content type',
    415,
    async () => withoutHeader(await ann.post(ann.activity()), 'content-type'),
  ],
  ['no JSON', 400, () => ann.post('{"id":')],
  ['no body', 400, () => ann.post('')],
  ['bytes that are no UTF-8', 400, () => ann.post(Buffer.from([0x7b, 0xff, 0x7d]))],
  ['deep nesting', 400, () => ann.post(text(`"object":${nested(40)}`))],
  ['the key __proto__', 400, () => ann.post(text('"__proto__":{"type":"Delete"}'))],
  ['an array', 400, () => ann.post([ann.activity()])],
  [
    '@graph: LD graph restructuring',
    400,
    () => ann.post(text('"@graph":[{"id":"https://a.example/"}]')),
  ],
  ['@included: LD graph restructuring', 400, () => ann.post(text('"object":{"@included":[]}'))],
  [
    '@reverse: LD graph restructuring',
    400,
    () => ann.post(text('"@reverse":{"object":"https://a.example/"}')),
  ],
  [
    'a context that remaps a term',
    400,
    () =>
      ann.post(
        ann.activity({
          '@context': [
            'https://www.w3.org/ns/activitystreams',
            { actor: 'https://a.example/actor' },
          ],
        }),
      ),
  ],
  [
    'an unknown context',
    400,
    () => ann.post(ann.activity({ '@context': 'https://evil.example/c' })),
  ],
  ['an id in an array', 400, () => ann.post(ann.activity({ id: ['https://peer.example/1'] }))],
  ['no id', 400, () => ann.post(ann.activity({ id: undefined }))],
  ['no actor', 400, () => ann.post(ann.activity({ actor: undefined }))],
  ['two actors', 400, () => ann.post(ann.activity({ actor: [ann.actorIri, eve.actorIri] }))],
  ['no type', 400, () => ann.post(ann.activity({ type: undefined }))],
  ['two types', 400, () => ann.post(ann.activity({ type: ['Create', 'Delete'] }))],
  ['a part of a blocked domain', 403, () => bad.post(bad.activity())],
  [
    'a blocked host in capitals with a trailing dot',
    403,
    () => ann.post(ann.activity({ actor: 'https://SUB.Blocked.Example./users/bad' })),
  ],
  ['what a blocked host forwards', 403, () => bad.post(ann.activity())],
  [
    'the inbox of an unknown user',
    404,
    () => ann.post(ann.activity(), { to: '/users/nobody/inbox' }),
  ],
  ['no signature', 401, async () => withoutHeader(await ann.post(ann.activity()), 'signature')],
  [
    'a malformed signature',
    401,
    async () => withHeader(await ann.post(ann.activity()), 'signature', 'x'),
  ],
  [
    'body tampered under an unsigned digest',
    401,
    async () => tampered(await ann.post(ann.activity(), { isDigestCovered: false })),
  ],
  [
    'a body other than the signed digest says',
    401,
    async () => tampered(await ann.post(ann.activity())),
  ],
  [
    'RFC 9421 post that leaves content-digest uncovered',
    401,
    () => ann.post(ann.activity(), { scheme: 'rfc9421', isDigestCovered: false }),
  ],
  [
    'RFC 9421 post with another body',
    401,
    async () => tampered(await ann.post(ann.activity(), { scheme: 'rfc9421' })),
  ],
  ['a signature of two hours ago', 401, () => ann.post(ann.activity(), { time: at(-2 * HOUR_MS) })],
  ['a signature of in two hours', 401, () => ann.post(ann.activity(), { time: at(2 * HOUR_MS) })],
  [
    'another host',
    401,
    async () => withHeader(await ann.post(ann.activity()), 'host', 'l3.example'),
  ],
  [
    'a signature for another path',
    401,
    async () => ({ ...(await ann.post(ann.activity(), { to: '/users/x' })), url: '/inbox' }),
  ],
  ['a key that could not be had lately', 401, () => stranger.post(stranger.activity())],
  [
    'a key id that is no address',
    401,
    async () => {
      const post = await ann.post(ann.activity());
      const signature = post.headers['signature'] ?? '';
      return withHeader(post, 'signature', signature.replace(ann.keyIds.rsa, 'data:,x'));
    },
  ],
  [
    'a signature by another key than it names',
    401,
    async () => {
      const post = await eve.post(ann.activity());
      const signature = post.headers['signature'] ?? '';
      return withHeader(post, 'signature', signature.replace(eve.keyIds.rsa, ann.keyIds.rsa));
    },
  ],
  ['valid signature by another actor', 401, () => eve.post(ann.activity())],
  [
    'valid signature by another actor over a proof that does not verify',
    401,
    async () => eve.post({ ...(await ann.prove(ann.activity())), object: 'https://a.example/' }),
  ],
  [
    'a proof by the key of another actor',
    401,
    async () => eve.post(await eve.prove(ann.activity())),
  ],
  [
    "document claiming another host's id",
    401,
    () => eve.post(eve.activity({ id: 'https://peer.example/activities/1' })),
  ],
];

test.each(REFUSALS)('refuses %s and keeps nothing of it', async (_name, status, make) => {
  await using inbox = await startInbox(store);
  inbox.worker.refresh = () => store.remoteActors.save(ann.actor());
  const response = await inbox.post(await make());
  expect([response.statusCode, response.json()]).toEqual([
    status,
    expect.objectContaining({ status, detail: expect.any(String) }),
  ]);
  expect([await inbox.stored(), inbox.queued]).toEqual([[], []]);
  expect(await inbox.metrics.metrics()).toMatch(
    /artdag_inbox_posts_total\{outcome="refused",.*\} 1/,
  );
});

test('rate limits keyed on a header that the client sets: 429 whatever headers a host sets', async () => {
  await using inbox = await startInbox(store, { postsPerMinute: 2 });
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) {
    const post = await ann.post(ann.activity());
    const forged = withHeader(post, 'x-forwarded-for', `10.0.0.${count}`);
    const response = await inbox.post(withHeader(forged, 'forwarded', `for=10.0.0.${count}`));
    statuses.push(response.statusCode);
    if (response.statusCode === 429) expect(response.headers['retry-after']).toMatch(/^\d+$/);
  }
  expect(statuses).toEqual([202, 202, 429, 429]);
  const other = await inbox.post(await eve.post(eve.activity()));
  expect(other.statusCode).toBe(202);
  expect((await inbox.stored()).length).toBe(3);
  for (const id of await inbox.stored()) await store.receivedActivities.settle(id);
});

test('refuses with 503 while the oldest waiting job is older than a minute', async () => {
  await using inbox = await startInbox(store, { oldestWaitingMs: 61_000 });
  const response = await inbox.post(await ann.post(ann.activity()));
  expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '60']);
  expect([await inbox.stored(), inbox.queued]).toEqual([[], []]);
});

test('drops an Update or Delete by an actor never seen, without a fetch', async () => {
  await using inbox = await startInbox(store);
  const unseen = createPeer('unseen', 'https://unseen.example');
  for (const type of ['Delete', 'Update']) {
    const response = await inbox.post(await unseen.post(unseen.activity({ type })));
    expect(response.statusCode).toBe(202);
  }
  expect([await inbox.stored(), inbox.queued, inbox.asked]).toEqual([[], [], []]);
});

test('regular-expression blow-up on hostile HTML: no text is searched', async () => {
  await using inbox = await startInbox(store);
  const hostile = [
    `${'<a href="'.repeat(12_000)}`,
    `${'<'.repeat(100_000)}`,
    `${' \t'.repeat(60_000)}!`,
  ];
  for (const content of hostile) {
    const post = await ann.post(ann.activity({ object: { type: 'Note', content } }));
    const start = performance.now();
    const response = await inbox.post(post);
    expect(response.statusCode).toBe(202);
    expect(performance.now() - start).toBeLessThan(500);
  }
  for (const id of await inbox.stored()) await store.receivedActivities.settle(id);
});
