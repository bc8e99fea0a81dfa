import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createPeer } from '../testing/create-peer.ts';
import { PUBLIC_URL, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const ACTIVITY_JSON = 'application/activity+json';
const CONTEXT = 'https://www.w3.org/ns/activitystreams';
const HASH = 'abc';
const PROTECTED = [
  '/users/writer/outbox',
  '/users/writer/outbox?page=first',
  '/users/writer/followers',
  '/users/writer/following',
  '/activities/claim',
  `/objects/${HASH}`,
  `/objects/${HASH}/likes`,
];
const PUBLIC = ['/users/writer', '/registry', '/.well-known/nodeinfo', '/nodeinfo/2.1'];
const ann = createPeer('ann');
const bad = createPeer('bad', 'https://sub.blocked.example');

/** A gateway with one claim, which knows two peers and has blocked one. */
async function start(authorizedFetch: 'on' | 'off'): Promise<TestGateway & { token: string }> {
  const app = await startTestGateway({
    mongodbUrl: inject('mongodbUrl'),
    redisUrl: inject('redisUrl'),
    env: { ARTDAG_AUTHORIZED_FETCH: authorizedFetch },
  });
  const { token } = await app.addUser('writer');
  for (const peer of [ann, bad]) await app.store.remoteActors.save(peer.actor());
  await app.store.hosts.setRule('blocked.example', 'blocked');
  const at = new Date();
  const id = `${PUBLIC_URL}/activities/claim`;
  const object = { type: 'Image', id: `${PUBLIC_URL}/objects/${HASH}`, name: 'cat' };
  await app.store.activities.insertSigned({
    activityId: 'claim',
    type: 'Create',
    actor: 'writer',
    publishedAt: at,
    objectIri: object.id,
    contentHash: HASH,
    audience: { kind: 'followers' },
    isPublic: true,
    text: JSON.stringify({ '@context': CONTEXT, id, type: 'Create', object }),
    signedAt: at,
    verified: 'package',
  });
  return { ...app, token };
}

describe.each(['off', 'on'] as const)('authorized fetch %s', (setting) => {
  let app: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    app = await start(setting);
  });
  afterAll(() => app?.[Symbol.asyncDispose]());
  const isOn = setting === 'on';

  async function statusOf(path: string, headers: Readonly<Record<string, string>> = {}) {
    return (await app.call('GET', path, { headers: { accept: ACTIVITY_JSON, ...headers } })).status;
  }
  const signed = (path: string, options: Parameters<typeof ann.signGet>[1] = {}, peer = ann) =>
    peer.signGet(`${PUBLIC_URL}${path}`, options);

  test.each(PROTECTED)('%s without a signature', async (path) => {
    const answer = await app.call('GET', path, { headers: { accept: ACTIVITY_JSON } });
    expect(answer.status).toBe(isOn ? 401 : 200);
    if (isOn) expect(answer.headers['cache-control']).toBe('private');
  });

  test.each(PROTECTED)('%s is shown to a peer that signs, in every form', async (path) => {
    for (const scheme of ['cavage', 'rfc9421'] as const) {
      expect(await statusOf(path, await signed(path, { scheme }))).toBe(200);
    }
    const ed25519 = { scheme: 'rfc9421', keyType: 'ed25519' } as const;
    expect(await statusOf(path, await signed(path, ed25519))).toBe(200);
  });

  test.each(PUBLIC)('%s is public, whatever signature there is', async (path) => {
    expect(await statusOf(path)).toBe(200);
    expect(await statusOf(path, await signed(path))).toBe(200);
    expect(await statusOf(path, await signed('/elsewhere'))).toBe(200);
    expect(await statusOf(path, { signature: 'nonsense' })).toBe(200);
  });

  test('a signature that is of no use does harm only where one is asked for', async () => {
    const [path = ''] = PROTECTED;
    const expected = isOn ? 401 : 200;
    const longAgo = { time: new Date(Date.now() - 3 * 3_600_000) };
    const forger = createPeer('ann');
    const stranger = createPeer('stranger', 'https://stranger.example');
    const until = new Date(Date.now() + 60_000);
    await app.store.remoteActors.rememberFailure(stranger.keyIds.rsa, 'key-missing', until);
    await app.store.remoteActors.claimForcedRefresh(ann.keyIds.rsa, new Date(), 1);
    await app.store.remoteActors.endForcedRefresh(ann.keyIds.rsa);
    const useless = [
      { signature: 'nonsense' },
      await signed('/elsewhere'),
      await signed(path, longAgo),
      await signed(path, {}, forger),
      await signed(path, {}, stranger),
      await signed(path, {}, bad),
      await bad.signGet(`https://other.example${path}`),
    ];
    for (const headers of useless) expect(await statusOf(path, headers)).toBe(expected);
  });

  test('a server that signs is told who of its own follows, and nobody else is', async () => {
    const path = '/users/writer/followers_synchronization';
    const { followers } = app.store;
    const since = new Date();
    const other = 'https://other.example/users/cid';
    for (const actorIri of [ann.actorIri, 'https://peer.example/users/bob', other]) {
      const inbox = `${actorIri}/inbox`;
      const { host } = new URL(actorIri);
      const follow = { username: 'writer', actorIri, inbox, deliveryInbox: inbox, host, since };
      await followers.put({ ...follow, followIri: `${actorIri}/follow` });
    }
    const answer = await app.call('GET', path, { headers: await signed(path) });
    expect(answer.json()).toMatchObject({
      type: 'OrderedCollection',
      id: `${PUBLIC_URL}${path}`,
      totalItems: 2,
      orderedItems: expect.arrayContaining([ann.actorIri, 'https://peer.example/users/bob']),
    });
    expect(answer.headers['cache-control']).toBe('private');
    expect(await statusOf(path)).toBe(401);
    expect(await statusOf(path, await signed(path, {}, bad))).toBe(401);
    const missing = '/users/nobody/followers_synchronization';
    expect(await statusOf(missing, await signed(missing))).toBe(404);
  });

  test('users of this server need no signature, and wrong tokens are none', async () => {
    const [path = ''] = PROTECTED;
    const { token } = app;
    expect((await app.call('GET', path, { token })).status).toBe(200);
    expect((await app.call('GET', path, { token: `${token}x` })).status).toBe(isOn ? 401 : 200);
  });

  test('an L1 that asks for an object before it deletes anything needs no signature', async () => {
    const path = `/objects/${HASH}`;
    for (const accept of ['*/*', 'application/json', 'text/html']) {
      expect(await statusOf(path, { accept })).toBe(200);
    }
    expect(await statusOf('/objects/unknown', { accept: '*/*' })).toBe(404);
  });
});
