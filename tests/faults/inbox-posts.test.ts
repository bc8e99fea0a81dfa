import { createProducer, processInboxActivity } from '@artdag/queues';
import { connectStore, type Store } from '@artdag/store';
import { waitFor } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, onTestFailed, test } from 'vitest';
import { get, signUp } from '../e2e/client.ts';
import { auditDeliveries, countRepeats } from './audit-deliveries.ts';
import { answersTo, auditInbox, findOtherAnswers } from './audit-inbox.ts';
import { type FederationScene, startFederationScene } from './federation-scene.ts';
import { type LoopbackPeer, type PeerActivity, startLoopbackPeer } from './loopback-peer.ts';
import { type PostAnswer, type SignedPost, sendPost } from './send-post.ts';
import { waitUntilQuiet } from './wait-until-quiet.ts';

const HOSTS = 10;
/** Posts of a peer that are on their way together. */
const AT_ONCE = 16;
const TWICE = { gateways: 2, signers: 2, federations: 2 };

let parts = new AsyncDisposableStack();
let scene: FederationScene;
let store: Store;
let actor: { id: string; inbox: string };
/** A peer whose host can go down. */
let frail: LoopbackPeer;

beforeAll(async () => {
  await using started = new AsyncDisposableStack();
  const urls = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
  frail = started.use(await startLoopbackPeer());
  scene = started.use(
    await startFederationScene({ ...urls, ...TWICE, hosts: HOSTS, peers: [frail.host] }),
  );
  store = started.use(await connectStore(scene.constellation.mongodbUrl));
  const { url } = scene.constellation.gateways[0];
  await signUp(url, 'ada');
  actor = await waitFor('the actor has keys', async () => {
    const { status, json } = await get(`${url}/users/ada`);
    return status === 200 && json;
  });
  parts = started.move();
});
afterAll(() => parts.disposeAsync());

const send = (post: SignedPost) => sendPost(post, new URL(actor.inbox).origin);
const statusesOf = (answers: readonly PostAnswer[]) => answers.map(({ status }) => status);
const find = ({ id }: Pick<PeerActivity, 'id'>) =>
  store.receivedActivities.find(store.receivedActivities.idOf(id));

function signFollows(peer: LoopbackPeer, username: string, count: number) {
  const follows = Array.from({ length: count }, () => peer.activity('Follow', actor.id, username));
  return Promise.all(
    follows.map(async (activity) => ({ activity, post: await peer.sign(actor.inbox, activity) })),
  );
}

async function sendAll(signed: ReadonlyArray<{ readonly post: SignedPost }>) {
  return statusesOf(await Promise.all(signed.map(({ post }) => send(post))));
}

test('F13: 64 concurrent copies of one signed activity at two gateways have one effect', async () => {
  onTestFailed(() => console.error(scene.constellation.logs()));
  const { constellation, peer } = scene;
  const wish = peer.activity('Follow', actor.id, 'eager');
  const signed = await peer.sign(actor.inbox, wish);
  const copies = Array.from({ length: 32 }, () => constellation.gateways).flat();
  const answers = await Promise.all(copies.map(({ url }) => sendPost(signed, url)));
  expect(answers.length).toBe(64);
  expect(new Set(statusesOf(answers))).toEqual(new Set([202]));
  await waitUntilQuiet(store, [peer.host]);
  expect(answersTo(wish.id, 'Accept', peer).size).toBe(1);
  expect(peer.received.length).toBe(1);
  expect(await store.followers.count('ada')).toBe(1);
  expect(peer.fetched.length).toBeLessThanOrEqual(constellation.gateways.length);
});

test('F15: with every role twice, each post and each delivery has one effect', async () => {
  onTestFailed(() => console.error(scene.constellation.logs()));
  const { constellation, author, peer, sinks } = scene;
  const { length: received } = peer.received;
  const follows = await scene.startFollows('bob');
  await author.publish(40);
  await follows.finish();
  expect(findOtherAnswers(follows.posted)).toEqual([]);
  expect(await auditInbox(follows, constellation)).toEqual([]);
  expect(await auditDeliveries(author, constellation)).toEqual([]);
  expect(countRepeats(sinks.posts)).toBe(0);
  expect(peer.received.length - received).toBe(follows.posted.length);
});

describe('F16', () => {
  test('a key that is rotated in flight is looked for once; old signatures are refused then', async () => {
    onTestFailed(() => console.error(scene.constellation.logs()));
    const { peer } = scene;
    expect(await peer.post(actor.inbox, peer.activity('Follow', actor.id))).toBe(202);
    const { length: looks } = peer.fetched;
    const late = await signFollows(peer, 'ann', 10);
    peer.rotateKey();
    const fresh = await signFollows(peer, 'ann', 20);
    expect(new Set(await sendAll(fresh))).toEqual(new Set([202]));
    expect(new Set(await sendAll(late))).toEqual(new Set([401]));
    expect(peer.fetched.length).toBe(looks + 1);
    for (const { activity } of late) expect(await find(activity)).toBeUndefined();
    for (const { activity } of fresh) expect(await find(activity)).toBeDefined();
  });

  test('a key whose host is down is asked for once, however many posts name it', async () => {
    onTestFailed(() => console.error(scene.constellation.logs()));
    expect(await frail.post(actor.inbox, frail.activity('Follow', actor.id))).toBe(202);
    const { length: looks } = frail.fetched;
    const old = await signFollows(frail, 'ann', 10);
    frail.setDown(true);
    frail.rotateKey();
    const fresh = await signFollows(frail, 'ann', 20);
    const unknown = await signFollows(frail, 'ben', 20);
    const refused = await sendAll([...fresh, ...unknown]);
    expect(new Set(refused)).toEqual(new Set([401]));
    expect(frail.fetched.slice(looks).toSorted()).toEqual(['/users/ann', '/users/ben']);
    // What was signed by the key that is known is still the actor's.
    expect(new Set(await sendAll(old))).toEqual(new Set([202]));
    for (const { activity } of [...fresh, ...unknown]) expect(await find(activity)).toBeUndefined();
    frail.setDown(false);
  });
});

describe('F11', () => {
  test('a body that is too large or too deep is refused, and nothing of it is stored', async () => {
    const { peer } = scene;
    const large = peer.activity('Create', { type: 'Note', content: 'x'.repeat(5_000_000) });
    const deep = peer.activity('Create', 'deep');
    const signed = await peer.sign(actor.inbox, deep);
    const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const body = Buffer.from(signed.body.toString().replace('"deep"', nested));
    expect(await peer.post(actor.inbox, large)).toBeOneOf([413, 'lost']);
    expect((await send({ ...signed, body })).status).toBe(400);
    expect(await find(large)).toBeUndefined();
    expect(await find(deep)).toBeUndefined();
  });

  test('malformed objects of every type hold nothing up', async () => {
    onTestFailed(() => console.error(scene.constellation.logs()));
    const { peer } = scene;
    const types = ['Follow', 'Undo', 'Accept', 'Reject', 'Create', 'Announce', 'Like', 'Move'];
    const objects = [
      ...[null, 0, '', '\ud800', 'no IRI', [], [[]], {}, { id: 7 }, { id: {} }, { type: [] }],
      ...[`${actor.id}/../..`, 'x'.repeat(100_000), { id: `${actor.id}\u0000`, actor: null }],
      Array.from({ length: 5000 }, () => ({ id: actor.id })),
    ];
    const strange = [...types, 'Update', 'Delete', 'Block', 'Flag', 'Zap', '__proto__'].flatMap(
      (type) => objects.map((object) => peer.activity(type, object, 'troll')),
    );
    const itself = peer.activity('Undo', 'itself', 'troll');
    const all = [...strange, { ...itself, object: itself.id }];
    const follows = await scene.startFollows('eve');
    const statuses: Array<PostAnswer['status']> = [];
    for (let start = 0; start < all.length; start += AT_ONCE) {
      const some = all.slice(start, start + AT_ONCE);
      const answers = some.map((activity) => peer.post(actor.inbox, activity));
      statuses.push(...(await Promise.all(answers)));
    }
    await follows.finish();
    expect(statuses.filter((status) => status !== 202 && status !== 400)).toEqual([]);
    expect(await auditInbox(follows, scene.constellation)).toEqual([]);
    const found = await Promise.all(all.map(find));
    expect(found.map((post, index) => [all[index]?.type, post?.state])).toEqual(
      all.map(({ type }, index) => [type, statuses[index] === 202 ? 'processed' : undefined]),
    );
  });

  test('what always fails is set aside after its tries, visibly, and others go on', async () => {
    onTestFailed(() => console.error(scene.constellation.logs()));
    const { peer, constellation } = scene;
    await using producer = createProducer({
      redisUrl: constellation.redisUrl,
      prefix: constellation.queuePrefix,
    });
    const since = new Date();
    const following = { username: 'ada', actorIri: peer.actorIri, followId: 'none' } as const;
    await store.following.put({ ...following, state: 'accepted', since });
    frail.setDown(true);
    // Nobody can tell whether the new actor agrees, today or ever.
    const poison = {
      ...peer.activity('Move', peer.actorIri),
      target: `http://${frail.host}/users/new`,
    };
    expect(await peer.post(actor.inbox, poison)).toBe(202);
    const id = store.receivedActivities.idOf(poison.id);
    const follows = await scene.startFollows('pat');
    await waitFor('the end of its tries', async () => {
      await producer.hurry(processInboxActivity, [id]);
      return (await find(poison))?.state === 'failed';
    });
    await follows.finish();
    expect(await auditInbox(follows, constellation)).toEqual([]);
    frail.setDown(false);
  });
});
