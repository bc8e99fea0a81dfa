import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { PUBLIC_URL, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
let app: TestGateway;
let giles: { username: string; token: string };
let eve: { username: string; token: string };

beforeAll(async () => {
  app = await startTestGateway(servers);
  giles = await app.addUser('giles-1');
  eve = await app.addUser('eve');
});
afterAll(() => app[Symbol.asyncDispose]());

interface RegistrationAnswer {
  readonly asset: { readonly state: string };
  readonly activity: { readonly type: string; readonly id: string } | null;
}

function register(name: string, contentHash: string, who = giles) {
  const json = { name, content_hash: contentHash, asset_type: 'image', metadata: { fps: 1 } };
  return app.call('POST', '/registry', { token: who.token, json });
}

const withdraw = (name: string, who = giles) =>
  app.call('DELETE', `/registry/${encodeURIComponent(name)}`, { token: who.token });

const get = async (path: string) => {
  const answer = await app.call('GET', path);
  return { ...answer, body: answer.json() as Record<string, unknown> };
};

describe('withdrawing', () => {
  test('signs a Delete, leaves a Tombstone, and keeps the name taken', async () => {
    await register('effect:cat', 'h1');
    const answer = await withdraw('effect:cat');
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      asset: { name: 'effect:cat', state: 'withdrawn' },
      activity: {
        type: 'Delete',
        object: { type: 'Tombstone', id: `${PUBLIC_URL}/objects/h1`, formerType: 'Image' },
      },
    });

    const object = await get('/objects/h1');
    expect(object.status).toBe(410);
    expect(object.headers['content-type']).toMatch(/^application\/activity\+json/);
    const { activity } = answer.json() as { activity: { published: string } };
    expect(object.body).toEqual({
      '@context': 'https://www.w3.org/ns/activitystreams',
      type: 'Tombstone',
      id: `${PUBLIC_URL}/objects/h1`,
      deleted: activity.published,
    });
    expect((await get('/objects/h1/likes')).status).toBe(410);
    expect((await get('/registry/effect%3Acat')).body).toMatchObject({ state: 'withdrawn' });
    expect((await get('/registry')).body).toMatchObject({
      assets: { 'effect:cat': { state: 'withdrawn' } },
    });
    expect((await get('/registry?state=withdrawn')).body).toMatchObject({
      assets: { 'effect:cat': { state: 'withdrawn' } },
    });
    expect((await get('/registry?state=pending')).body).toMatchObject({ assets: {} });
    expect((await get('/registry?state=odd')).status).toBe(422);
    const share = { token: eve.token, json: { object: `${PUBLIC_URL}/objects/h1` } };
    expect((await app.call('POST', '/users/eve/share', share)).status).toBe(410);

    for (const who of [giles, eve])
      expect((await register('effect:cat', 'h1', who)).status).toBe(409);
    expect((await get('/registry/effect%3Acat')).body).toMatchObject({ state: 'withdrawn' });
  });

  test('many at once is one Delete', async () => {
    await register('race', 'h2');
    const answers = await Promise.all(Array.from({ length: 8 }, () => withdraw('race')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await withdraw('race')).text).toBe(answers[0]?.text);
  });

  test('is for the owner only, and for what there is', async () => {
    await register('kept', 'h3');
    const operator = await app.addUser('operator-1', 'operator');
    expect((await app.call('DELETE', '/registry/kept')).status).toBe(401);
    expect((await withdraw('kept', eve)).status).toBe(403);
    expect((await withdraw('kept', operator)).status).toBe(403);
    expect((await withdraw('nothing')).status).toBe(404);
    expect((await get('/registry/kept')).body).toMatchObject({ state: 'signed' });
    expect((await get('/objects/h3')).status).toBe(200);
  });

  test('leaves the hash to the next who claimed it', async () => {
    await register('first', 'h4', giles);
    await register('second', 'h4', eve);
    await withdraw('first', giles);
    expect((await get('/objects/h4')).body).toMatchObject({
      name: 'second',
      attributedTo: `${PUBLIC_URL}/users/eve`,
    });
    await withdraw('second', eve);
    expect((await get('/objects/h4')).status).toBe(410);
  });

  test('one of two names of a hash deletes the claim and not the object', async () => {
    const { activity } = (await register('name-a', 'h5')).json() as RegistrationAnswer;
    await register('name-b', 'h5');
    const answer = (await withdraw('name-a')).json();
    expect(answer).toMatchObject({
      activity: { object: { type: 'Tombstone', id: activity?.id, formerType: 'Create' } },
    });
    expect((await get('/objects/h5')).body).toMatchObject({ name: 'name-b' });
  });

  test('lets the hash be claimed again under another name', async () => {
    await register('before', 'h6');
    await withdraw('before');
    expect((await register('after', 'h6')).status).toBe(200);
    expect((await get('/objects/h6')).body).toMatchObject({ name: 'after' });
  });

  test('a claim that is being signed has to wait', async () => {
    await using slow = await startTestGateway({ ...servers, isWithoutSigner: true });
    const { token } = await slow.addUser('slow');
    const headers = { prefer: 'respond-async' };
    const json = { name: 'n', content_hash: 'h', asset_type: 'image' };
    await slow.call('POST', '/registry', { token, headers, json });
    const answer = await slow.call('DELETE', '/registry/n', { token, headers });
    expect(answer.status).toBe(503);
    expect((await slow.store.assets.find('n'))?.state).toBe('pending');
  });
});

describe('likes and shares', () => {
  test('are counted beside what was signed', async () => {
    await register('liked', 'h7');
    const signed = (await get('/objects/h7')).body;
    expect(signed).toMatchObject({
      likes: { type: 'Collection', id: `${PUBLIC_URL}/objects/h7/likes`, totalItems: 0 },
      shares: { type: 'Collection', id: `${PUBLIC_URL}/objects/h7/shares`, totalItems: 0 },
    });
    const objectIri = `${PUBLIC_URL}/objects/h7`;
    for (const [index, kind] of (['like', 'like', 'like', 'share'] as const).entries()) {
      const actorIri = `https://peer.example/users/${index % 2}`;
      const activityIri = `https://peer.example/activities/${index}`;
      await app.store.reactions.put({ kind, actorIri, objectIri, activityIri, at: new Date() });
    }
    await expect
      .poll(async () => (await get('/objects/h7')).body, { timeout: 5000 })
      .toEqual({
        ...signed,
        likes: { ...(signed['likes'] as object), totalItems: 2 },
        shares: { ...(signed['shares'] as object), totalItems: 1 },
      });
    expect((await get('/objects/h7/likes')).body).toMatchObject({ totalItems: 2 });
    expect((await get('/objects/h7/shares')).body).toMatchObject({ totalItems: 1 });
    expect((await get('/registry/liked')).body).toMatchObject({ likes: 2, shares: 1 });

    const outbox = (await get('/users/giles-1/outbox?page=first')).body as unknown as {
      orderedItems: { object: { id: string } }[];
    };
    const create = outbox.orderedItems.find(({ object }) => object.id === objectIri);
    expect(create?.object).not.toHaveProperty('likes');
  });

  test('of what nobody claims are 404', async () => {
    expect((await get('/objects/nothing/likes')).status).toBe(404);
    expect((await get('/objects/nothing/shares')).status).toBe(404);
  });
});
