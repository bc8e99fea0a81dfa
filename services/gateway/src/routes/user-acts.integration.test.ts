import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { PUBLIC_URL, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
const ADA = 'https://peer.example/users/ada';
let app: TestGateway;
let giles: { username: string; token: string };
let eve: { username: string; token: string };

beforeAll(async () => {
  app = await startTestGateway(servers);
  giles = await app.addUser('giles-1');
  eve = await app.addUser('eve');
  await app.store.remoteActors.save({
    actorIri: ADA,
    type: 'Person',
    inbox: `${ADA}/inbox`,
    preferredUsername: 'ada',
    keys: [],
    fetchedAt: new Date(),
    isGone: false,
  });
  await app.store.remoteActors.rememberHandle(ADA, 'ada@peer.example');
  await app.store.remoteObjects.rememberOwner('https://peer.example/objects/1', ADA, new Date());
});
afterAll(() => app[Symbol.asyncDispose]());

interface PublicationAnswer {
  readonly activity_id: string;
  readonly activity: Readonly<Record<string, unknown>> | null;
}

async function act(path: string, body: object, who = giles, method = 'POST') {
  const answer = await app.call(method, `/users/${giles.username}${path}`, {
    token: who.token,
    json: body,
  });
  return { status: answer.status, body: answer.json() as PublicationAnswer, text: answer.text };
}

async function register(name: string, contentHash: string, who = giles) {
  const json = { name, content_hash: contentHash, asset_type: 'image' };
  const answer = await app.call('POST', '/registry', { token: who.token, json });
  expect(answer.status).toBe(200);
}

describe('who may act', () => {
  const acts: [string, string, object][] = [
    ['POST', '/follow', { actor: ADA }],
    ['POST', '/unfollow', { actor: ADA }],
    ['POST', '/share', { object: 'https://peer.example/objects/1' }],
    ['POST', '/unshare', { object: 'https://peer.example/objects/1' }],
    ['PATCH', '', { display_name: 'Eve' }],
  ];

  test.each(acts)('%s %s is the user himself only', async (method, path, json) => {
    const operator = await app.addUser(undefined, 'operator');
    const before = await app.store.activities.count();
    const url = `/users/${giles.username}${path}`;
    expect((await app.call(method, url, { json })).status).toBe(401);
    expect((await app.call(method, url, { json, token: eve.token })).status).toBe(403);
    expect((await app.call(method, url, { json, token: operator.token })).status).toBe(403);
    expect(await app.store.activities.count()).toBe(before);
  });
});

describe('following', () => {
  test('an actor by IRI or by handle, twice or at once, is one Follow', async () => {
    const forms = [ADA, 'ada@peer.example', '@ada@Peer.Example.', 'acct:ada@peer.example', ADA];
    const answers = await Promise.all(forms.map((actor) => act('/follow', { actor })));
    expect(answers.map(({ status }) => status)).toEqual(forms.map(() => 200));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body.activity).toMatchObject({
      '@context': 'https://www.w3.org/ns/activitystreams',
      type: 'Follow',
      id: `${PUBLIC_URL}/activities/${answers[0]?.body.activity_id}`,
      actor: `${PUBLIC_URL}/users/giles-1`,
      object: ADA,
      to: [ADA],
      cc: [],
    });
    const stored = await app.store.activities.find(answers[0]?.body.activity_id ?? '');
    expect(stored).toMatchObject({
      objectIri: ADA,
      audience: { kind: 'actors', actorIris: [ADA] },
      isPublic: false,
    });
  });

  test('no longer, twice, is one Undo of the Follow; following again is another Follow', async () => {
    const first = await act('/follow', { actor: ADA });
    const undone = await act('/unfollow', { actor: ADA });
    expect(undone.body.activity).toMatchObject({
      type: 'Undo',
      object: {
        type: 'Follow',
        id: `${PUBLIC_URL}/activities/${first.body.activity_id}`,
        object: ADA,
      },
      to: [ADA],
    });
    expect((await act('/unfollow', { actor: ADA })).text).toBe(undone.text);
    const stored = await app.store.activities.find(undone.body.activity_id);
    expect(stored).toMatchObject({ takesBack: first.body.activity_id, objectIri: ADA });

    const again = await act('/follow', { actor: ADA });
    expect(again.body.activity_id).not.toBe(first.body.activity_id);
    const second = await app.store.activities.find(again.body.activity_id);
    expect(second?.publishedAt.getTime()).toBeGreaterThan(
      (await app.store.activities.find(first.body.activity_id))?.publishedAt.getTime() ?? 0,
    );
  });

  test('is asked for again after a Reject', async () => {
    const first = await act('/follow', { actor: ADA });
    await app.store.following.put({
      username: giles.username,
      actorIri: ADA,
      followId: first.body.activity_id,
      state: 'rejected',
      since: new Date(),
    });
    const again = await act('/follow', { actor: ADA });
    expect(again.body.activity_id).not.toBe(first.body.activity_id);
  });

  test.each([
    ['oneself', `${PUBLIC_URL}/users/giles-1`, 422],
    ['nobody here', `@nobody@art.example`, 422],
    ['what is no actor of ours', `${PUBLIC_URL}/registry/cat`, 422],
    ['a word', 'ada', 422],
    ['a script', 'javascript:alert(1)', 422],
    ['too much', `https://peer.example/${'a'.repeat(1000)}`, 422],
    ['an operator in place of text', { $gt: '' }, 422],
  ])('%s is refused', async (_, actor, status) => {
    const before = await app.store.activities.count();
    expect((await act('/follow', { actor })).status).toBe(status);
    expect(await app.store.activities.count()).toBe(before);
  });

  test('a user of this server needs nobody to be asked', async () => {
    const answer = await act('/follow', { actor: '@Eve@art.example' });
    expect(answer.status).toBe(200);
    expect(answer.body.activity).toMatchObject({ object: `${PUBLIC_URL}/users/eve` });
  });

  test('an actor on a blocked host is 403', async () => {
    await app.store.hosts.setRule('blocked.example', 'blocked');
    expect((await act('/follow', { actor: '@a@sub.BLOCKED.example.' })).status).toBe(403);
    expect((await act('/follow', { actor: 'https://blocked.example/users/a' })).status).toBe(403);
  });

  test('an actor who could not be found lately is 422, one whose server is silent is 503', async () => {
    const until = new Date(Date.now() + 60_000);
    await app.store.remoteActors.rememberFailure('lost@peer.example', 'not-found', until);
    expect((await act('/follow', { actor: '@lost@peer.example' })).status).toBe(422);
    const silent = await app.call('POST', '/users/giles-1/follow', {
      token: giles.token,
      json: { actor: '@silent@peer.example' },
    });
    expect(silent.status).toBe(503);
    expect(silent.headers['retry-after']).toBe('5');
  });

  test('unfollowing whom one does not follow is 404', async () => {
    const actor = '@never@peer.example';
    await app.store.remoteActors.save({
      actorIri: 'https://peer.example/users/never',
      type: 'Person',
      inbox: 'https://peer.example/users/never/inbox',
      keys: [],
      fetchedAt: new Date(),
      isGone: false,
    });
    await app.store.remoteActors.rememberHandle(
      'https://peer.example/users/never',
      'never@peer.example',
    );
    expect((await act('/unfollow', { actor })).status).toBe(404);
  });
});

describe('sharing', () => {
  test("another's object, twice, is one Announce; taking it back is one Undo", async () => {
    await register('eves-work', 'e1', eve);
    const object = `${PUBLIC_URL}/objects/e1`;
    const shared = await act('/share', { object });
    expect(shared.status).toBe(200);
    expect(shared.body.activity).toMatchObject({
      type: 'Announce',
      object,
      to: ['https://www.w3.org/ns/activitystreams#Public'],
      cc: [`${PUBLIC_URL}/users/giles-1/followers`, `${PUBLIC_URL}/users/eve`],
    });
    expect((await act('/share', { object })).text).toBe(shared.text);
    const undone = await act('/unshare', { object });
    expect(undone.body.activity).toMatchObject({ type: 'Undo', object: { type: 'Announce' } });
    expect((await act('/unshare', { object })).text).toBe(undone.text);
    expect((await act('/share', { object })).body.activity_id).not.toBe(shared.body.activity_id);
  });

  test("a peer's object is shared with its owner told, and so is that it no longer is", async () => {
    const object = 'https://peer.example/objects/7';
    await app.store.remoteObjects.rememberOwner(object, ADA, new Date());
    const cc = [`${PUBLIC_URL}/users/giles-1/followers`, ADA];
    const shared = await act('/share', { object });
    expect(shared.body.activity).toMatchObject({ type: 'Announce', object, cc });
    const undone = await act('/unshare', { object });
    expect(undone.body.activity).toMatchObject({ type: 'Undo', cc });
    for (const { body } of [shared, undone]) {
      expect(await app.store.activities.find(body.activity_id)).toMatchObject({
        audience: { kind: 'followers', actorIris: [ADA] },
      });
    }
  });

  test("a peer's object whose owner cannot be told is shared with followers", async () => {
    const object = 'https://peer.example/objects/8';
    const until = new Date(Date.now() + 600_000);
    await app.store.remoteActors.rememberFailure(object, 'network: away', until);
    const { body } = await act('/share', { object });
    expect(body.activity).toMatchObject({ cc: [`${PUBLIC_URL}/users/giles-1/followers`] });
    expect(await app.store.activities.find(body.activity_id)).toMatchObject({
      audience: { kind: 'followers' },
    });
  });

  test.each([
    ['what nobody here claims', `${PUBLIC_URL}/objects/nothing`, 404],
    ['what is no object of ours', `${PUBLIC_URL}/users/eve`, 422],
    ['what is no address', 'cat', 422],
    ['a file', 'file:///etc/passwd', 422],
    ['a blocked host', 'https://blocked.example/objects/1', 403],
  ])('%s is refused', async (_, object, status) => {
    await app.store.hosts.setRule('blocked.example', 'blocked');
    expect((await act('/share', { object })).status).toBe(status);
  });

  test("one's own work, and what was never shared, are refused", async () => {
    await register('own-work', 'g1');
    expect((await act('/share', { object: `${PUBLIC_URL}/objects/g1` })).status).toBe(422);
    expect((await act('/unshare', { object: `${PUBLIC_URL}/objects/g1` })).status).toBe(404);
  });
});

describe('changing the actor', () => {
  test('is seen in the actor document and told to followers', async () => {
    const wish = { display_name: 'Giles <G>', summary: 'Art & code\nsince 2026' };
    const answer = await act('', wish, giles, 'PATCH');
    expect(answer.status).toBe(200);
    const actor = (await app.call('GET', '/users/giles-1')).json();
    expect(actor).toMatchObject({
      name: 'Giles <G>',
      summary: '<p>Art &#38; code<br>since 2026</p>',
    });
    expect(answer.body.activity).toMatchObject({ type: 'Update', object: actor });
    const stored = await app.store.activities.find(answer.body.activity_id);
    expect(stored).toMatchObject({
      audience: { kind: 'followers' },
      isPublic: true,
      profile: { displayName: 'Giles <G>' },
    });

    expect((await act('', wish, giles, 'PATCH')).text).toBe(answer.text);
    const gone = await act('', { summary: null }, giles, 'PATCH');
    expect(gone.body.activity_id).not.toBe(answer.body.activity_id);
    const after = (await app.call('GET', '/users/giles-1')).json();
    expect(after).toMatchObject({ name: 'Giles <G>' });
    expect(after).not.toHaveProperty('summary');
  });

  test('to what he is already says nothing', async () => {
    const user = await app.addUser('plain');
    const answer = await app.call('PATCH', '/users/plain', { token: user.token, json: {} });
    expect(answer.json()).toEqual({ activity_id: null, activity: null });
  });

  test.each([
    { display_name: ' ' },
    { display_name: 'a\u0007b' },
    { display_name: 'a\nb' },
    { display_name: 7 },
    { summary: { $gt: '' } },
    { summary: 'a'.repeat(5000) },
  ])('to %j is refused', async (wish) => {
    expect((await act('', wish, giles, 'PATCH')).status).toBe(422);
  });
});

describe('answers', () => {
  test('202 with the place of the activity, where the client does not want to wait', async () => {
    await using slow = await startTestGateway({ ...servers, isWithoutSigner: true });
    const user = await slow.addUser('slow');
    const answer = await slow.call('POST', '/users/slow/share', {
      token: user.token,
      headers: { prefer: 'respond-async' },
      json: { object: 'https://peer.example/objects/1' },
    });
    const { activity_id, activity } = answer.json() as PublicationAnswer;
    expect(answer.status).toBe(202);
    expect(activity).toBeNull();
    expect(answer.headers['location']).toBe(`${PUBLIC_URL}/activities/${activity_id}`);
    expect(await slow.store.activities.findPending(activity_id)).toMatchObject({ actor: 'slow' });
  });

  test('422 where an Idempotency-Key comes with another request', async () => {
    const call = (object: string) =>
      app.call('POST', '/users/giles-1/share', {
        token: giles.token,
        headers: { 'idempotency-key': 'k1' },
        json: { object },
      });
    expect((await call('https://peer.example/objects/1')).status).toBe(200);
    expect((await call('https://peer.example/objects/2')).status).toBe(422);
  });
});
