import { generateKeyPairSync, sign } from 'node:crypto';
import type { ActorResolver, CachedActor } from '@artdag/peers';
import { createEddsaJcs2022Proof, fromPlainValue, type PlainValue } from '@artdag/signatures';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { processInboxActivityHandler } from '../jobs/process-inbox-activity.ts';
import { createTestFederation, type TestFederation } from '../testing/create-test-federation.ts';
import { noResolver } from '../testing/no-resolver.ts';
import { type Sink, startSink } from '../testing/start-sink.ts';

const ANN = 'https://peer.example/users/ann';
const KEY_ID = `${ANN}#ed25519-key`;
const FOLLOWERS = 'https://art.test/users/giles/followers';
const OBJECT = 'https://art.test/objects/abc';
const key = generateKeyPairSync('ed25519');

let parts: AsyncDisposableStack;
let federation: TestFederation;
let sink: Sink;
let keyOwner = ANN;

const resolver: ActorResolver = {
  ...noResolver,
  async resolveKey(keyId) {
    const found = {
      keyId,
      owner: keyOwner,
      publicKey: key.publicKey,
      algorithm: 'ed25519',
    } as const;
    return { ok: true, key: found, actor: {} as CachedActor };
  },
};

beforeEach(async () => {
  keyOwner = ANN;
  parts = new AsyncDisposableStack();
  sink = parts.use(await startSink());
  federation = parts.use(
    await createTestFederation({
      mongodbUrl: inject('mongodbUrl'),
      hosts: [sink.host],
      overrides: { resolver },
    }),
  );
  const createdAt = new Date();
  const giles = { username: 'giles', displayName: 'giles', passwordHash: null, createdAt };
  await federation.store.users.insert({ ...giles, role: 'user' });
  await federation.publish({ contentHash: 'abc', objectIri: OBJECT });
  await federation.follow('bob', sink.inbox);
  await federation.follow('zoe', 'https://peer.example/inbox');
});
afterEach(() => parts.disposeAsync());

const reply = (more: Record<string, PlainValue> = {}, note: Record<string, PlainValue> = {}) => ({
  '@context': 'https://www.w3.org/ns/activitystreams',
  id: 'https://peer.example/activities/1',
  type: 'Create',
  actor: ANN,
  to: ['https://www.w3.org/ns/activitystreams#Public'],
  cc: [FOLLOWERS],
  object: { id: 'https://peer.example/notes/1', type: 'Note', inReplyTo: OBJECT, ...note },
  ...more,
});

async function prove(activity: Record<string, PlainValue>) {
  const proof = await createEddsaJcs2022Proof(
    {
      document: fromPlainValue(activity),
      verificationMethod: KEY_ID,
      created: '2026-01-06T22:59:00Z',
    },
    async (bytes) => sign(null, bytes, key.privateKey),
  );
  return { ...activity, proof };
}

/** Processes an activity twice, as if the process had died before its end, and gives its deliveries. */
async function receive(activity: object) {
  // White space that a second writing would not keep.
  const body = JSON.stringify(activity, undefined, 1);
  const { receivedActivities, deliveries } = federation.store;
  const activityIri = 'https://peer.example/activities/1';
  await receivedActivities.insert({
    activityIri,
    type: 'Create',
    actorIri: ANN,
    host: 'peer.example',
    username: null,
    body,
    receivedAt: federation.context.now(),
  });
  const receivedId = receivedActivities.idOf(activityIri);
  const { process } = processInboxActivityHandler(federation.context);
  vi.spyOn(receivedActivities, 'settle').mockResolvedValueOnce(undefined);
  await process({ receivedId }, new AbortController().signal);
  await process({ receivedId }, new AbortController().signal);
  return { body, rows: await deliveries.listByActivity(receivedId, 10) };
}

test('a reply to our object goes to our followers, byte for byte, and not back to its author', async () => {
  const { body, rows } = await receive(await prove(reply()));
  expect(rows.map(({ inbox }) => inbox)).toEqual([sink.inbox]);
  expect(await federation.deliver(rows[0]?.deliveryId ?? '')).toBeUndefined();
  expect(sink.posts.map((post) => post.body)).toEqual([body]);
  expect(sink.posts[0]?.headers['signature']).toContain('https://art.test/users/giles#main-key');
});

test('what carries a JSON-LD signature of its actor is forwarded for the receivers to verify', async () => {
  const signature = {
    type: 'RsaSignature2017',
    creator: `${ANN}#main-key`,
    signatureValue: 'AAAA',
  };
  expect((await receive(reply({ signature }))).rows).toHaveLength(1);
});

const elsewhere = 'https://evil.example/users/eve#main-key';
const signedByAnother = reply({ signature: { creator: elsewhere, signatureValue: 'AAAA' } });
test.each([
  ['carries no proof', reply()],
  ['is signed by another', signedByAnother],
])('is not forwarded where it %s', async (_, activity) => {
  expect((await receive(activity)).rows).toEqual([]);
});

test.each([
  ['is addressed to nobody of ours', reply({ cc: [`${ANN}/followers`] })],
  ['is addressed to followers of nobody', reply({ cc: ['https://art.test/users/no/followers'] })],
  ['is about nothing of ours', reply({}, { inReplyTo: 'https://other.example/notes/1' })],
  ['is about an object that is not there', reply({}, { inReplyTo: 'https://art.test/objects/x' })],
])('is not forwarded where it %s', async (_, activity) => {
  expect((await receive(await prove(activity))).rows).toEqual([]);
});

test('is not forwarded where the proof does not verify', async () => {
  const proven = await prove(reply());
  expect((await receive({ ...proven, to: [] })).rows).toEqual([]);
});

test('is not forwarded where the key of the proof is of somebody else', async () => {
  keyOwner = 'https://peer.example/users/eve';
  expect((await receive(await prove(reply()))).rows).toEqual([]);
});

test('is not forwarded from a host that an operator has blocked', async () => {
  await federation.store.hosts.setRule('peer.example', 'blocked');
  expect((await receive(await prove(reply()))).rows).toEqual([]);
});
