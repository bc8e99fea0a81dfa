import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Call } from '../testing/call-http.ts';
import { PUBLIC_URL, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
let app: TestGateway;
let owner: { username: string; token: string };
beforeAll(async () => {
  app = await startTestGateway(servers);
});
beforeEach(async () => {
  owner = await app.addUser();
});
afterAll(() => app[Symbol.asyncDispose]());

interface Registered {
  readonly asset: Record<string, unknown>;
  readonly activity: { id: string; object: Record<string, unknown> } | null;
}

const asset = { content_hash: 'abc123...', asset_type: 'image', tags: ['real'] };

function register(name: string, changes: object = {}, call: Call = {}) {
  const json = { name, ...asset, ...changes };
  return app.call('POST', '/registry', { token: owner.token, json, ...call });
}

async function claimOf(name: string, changes: object = {}): Promise<Registered> {
  const answer = await register(name, changes);
  expect(answer.status).toBe(200);
  return answer.json() as Registered;
}

/** A body of which every number keeps its form, which `JSON.stringify` does not allow. */
const metadataBody = (name: string, metadata: string): Call => ({
  token: owner.token,
  headers: { 'content-type': 'application/json' },
  body: `{"name":${JSON.stringify(name)},"content_hash":"abc","asset_type":"image","metadata":${metadata}}`,
});

test('answers with the asset and its activity, and shows both', async () => {
  const url = 'https://art.example/cat.jpg';
  const { asset: shown, activity } = await claimOf('cat', { url, tags: ['real', 'αβγ'] });
  expect(shown).toMatchObject({
    name: 'cat',
    content_hash: 'abc123...',
    asset_type: 'image',
    tags: ['real', 'αβγ'],
    metadata: {},
    url,
    owner: owner.username,
    state: 'signed',
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
  expect(activity).toMatchObject({
    type: 'Create',
    actor: `${PUBLIC_URL}/users/${owner.username}`,
    object: { type: 'Image', name: 'cat', id: `${PUBLIC_URL}/objects/abc123...` },
  });
  expect((await app.call('GET', '/registry/cat')).json()).toMatchObject(shown);
  const path = activity?.id.slice(PUBLIC_URL.length) ?? '';
  const fetched = await app.call('GET', path);
  expect(fetched.headers['content-type']).toMatch(/^application\/activity\+json/);
  expect(fetched.json()).toEqual(activity);
});

test('the same again is 200 with the first activity, though other fields differ', async () => {
  const first = await claimOf('again');
  const second = await claimOf('again', { tags: ['other'], metadata: { a: 1 } });
  expect(second).toEqual(first);
});

test('the name with another hash, or by another owner, is 409', async () => {
  await claimOf('taken');
  expect((await register('taken', { content_hash: 'other' })).status).toBe(409);
  owner = await app.addUser();
  const answer = await register('taken');
  expect(answer.json()).toMatchObject({ status: 409, code: 'conflict' });
});

test('one hash may carry several names, and its object is the earliest', async () => {
  const content_hash = 'one-hash';
  const first = await claimOf('first name', { content_hash });
  await claimOf('second name', { content_hash });
  const answer = await app.call('GET', `/objects/${content_hash}`);
  expect(answer.json()).toMatchObject({
    '@context': 'https://www.w3.org/ns/activitystreams',
    ...first.activity?.object,
  });
});

test('an object that nobody has claimed is 404, whatever is accepted', async () => {
  for (const accept of ['*/*', 'application/json', 'application/activity+json']) {
    const answer = await app.call('GET', '/objects/unknown', { headers: { accept } });
    expect(answer.json()).toMatchObject({ status: 404, code: 'not-found' });
  }
  const page = await app.call('GET', '/objects/unknown', { headers: { accept: 'text/html' } });
  expect(page.status).toBe(404);
  expect(page.headers['content-type']).toMatch(/^text\/html/);
});

test.each([
  ['a colon', 'effect:identity'],
  ['spaces', 'a b  c'],
  ['a slash', 'a/b'],
  ['a per cent sign', '100%25'],
  ['Unicode', 'Ärger → \u{1f408}'],
  ['512 characters beyond the basic plane', '\u{1f408}'.repeat(512)],
  ['a question mark and a hash', 'a?b#c'],
  ['a key of objects', '__proto__'],
  ['an operator', '{"$gt":""}'],
  ['the path of another route', 'record-run'],
])('a name with %s is found under its encoded form', async (_, name) => {
  await claimOf(name, { content_hash: 'named' });
  const found = await app.call('GET', `/registry/${encodeURIComponent(name)}`);
  expect(found.json()).toMatchObject({ name, owner: owner.username });
});

test.each(['effect:raw', 'Ärger→\u{1f408}', 'plus+and&', "it's"])(
  'the name %s is found under its raw form',
  async (name) => {
    await claimOf(name, { content_hash: 'named' });
    expect((await app.call('GET', `/registry/${name}`)).json()).toMatchObject({ name });
  },
);

test('metadata come back byte by byte', async () => {
  const metadata =
    '{"fps":30.0,"seed":123456789012345678901234567890,"e":1E+2,"z":-0.0,"→":"→","\u{1f408}":[1e-7]}';
  const answer = await app.call('POST', '/registry', metadataBody('numbers', metadata));
  expect(answer.status).toBe(200);
  expect(answer.text.split(`"metadata":${metadata}`)).toHaveLength(3);
  const list = await app.call('GET', '/registry?q=numbers');
  expect(list.text).toContain(`"metadata":${metadata}`);
});

test('respond-async: 202 and a place to look, then signed', async () => {
  await using pending = await startTestGateway({ ...servers, isWithoutSigner: true });
  const { token } = await pending.addUser();
  const call = { token, json: { name: 'a→b', ...asset }, headers: { prefer: 'respond-async' } };
  const answer = await pending.call('POST', '/registry', call);
  expect(answer.status).toBe(202);
  expect(answer.json()).toMatchObject({ asset: { state: 'pending' }, activity: null });
  expect(answer.headers['location']).toBe(`${PUBLIC_URL}/registry/a%E2%86%92b`);
  const again = await pending.call('POST', '/registry', call);
  expect(again.json()).toEqual(answer.json());
});

describe('Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'one key' };

  test('same request, same answer; other request, 422', async () => {
    const first = await register('keyed', {}, { headers });
    expect((await register('keyed', {}, { headers })).text).toBe(first.text);
    const other = await register('keyed too', {}, { headers });
    expect(other.json()).toMatchObject({ status: 422, code: 'validation-failed' });
    expect((await app.call('GET', '/registry/keyed%20too')).status).toBe(404);
    owner = await app.addUser();
    expect((await register('keyed by another', {}, { headers })).status).toBe(200);
  });

  test('16 at once are one registration', async () => {
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => register('keyed at once', {}, { headers })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
  });

  test('is not used up by a request that is refused', async () => {
    expect((await register(' bad', {}, { headers })).status).toBe(422);
    expect((await register('good', {}, { headers })).status).toBe(200);
  });

  test('too long a key is 422', async () => {
    const long = { 'idempotency-key': 'k'.repeat(256) };
    expect((await register('long key', {}, { headers: long })).status).toBe(422);
  });
});

describe('32 at once', () => {
  test('by different owners: one has the name, 31 get 409', async () => {
    const owners = await Promise.all(Array.from({ length: 32 }, () => app.addUser()));
    const answers = await Promise.all(owners.map(({ token }) => register('wanted', {}, { token })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(31).fill(409)]);
    const outboxes = await Promise.all(
      owners.map(({ username }) => app.store.activities.countByActor(username)),
    );
    expect(outboxes.reduce((sum, count) => sum + count)).toBe(1);
  });

  test('by one owner: all get one and the same activity', async () => {
    const answers = await Promise.all(Array.from({ length: 32 }, () => register('wanted by one')));
    expect(answers.map(({ status }) => status)).toEqual(Array(32).fill(200));
    const ids = answers.map((answer) => (answer.json() as Registered).activity?.id);
    expect(new Set(ids).size).toBe(1);
    expect(await app.store.activities.countByActor(owner.username)).toBe(1);
  });
});

describe('the list', () => {
  beforeEach(async () => {
    await claimOf(`l.*[${owner.username}`, { asset_type: 'video', tags: ['a', 'b'] });
    await claimOf(`l:two:${owner.username}`, { tags: ['b'] });
    await claimOf(`Ä ${owner.username}`);
  });

  async function list(query: object): Promise<{ names: string[]; next: unknown }> {
    const search = new URLSearchParams({ owner: owner.username, ...query });
    const answer = await app.call('GET', `/registry?${search}`);
    expect(answer.status).toBe(200);
    const { assets, next } = answer.json() as { assets: object; next?: unknown };
    return { names: Object.keys(assets).map((name) => name.split(owner.username)[0] ?? ''), next };
  }

  test('is whole, streamed, with an asset by name', async () => {
    const answer = await app.call('GET', '/registry');
    expect(answer.headers['transfer-encoding']).toBe('chunked');
    const { version, assets } = answer.json() as { version: string; assets: object };
    expect(version).toBe('1.0');
    expect(Object.keys(assets)).toHaveLength(await app.store.assets.count());
    expect(Object.entries(assets)).toContainEqual([
      `Ä ${owner.username}`,
      expect.objectContaining({ name: `Ä ${owner.username}`, content_hash: 'abc123...' }),
    ]);
  });

  test.each([
    [{}, ['l.*[', 'l:two:', 'Ä ']],
    [{ type: 'video' }, ['l.*[']],
    [{ tag: 'b' }, ['l.*[', 'l:two:']],
    [{ tag: 'b', type: 'image' }, ['l:two:']],
    [{ q: '.*[' }, ['l.*[']],
    [{ q: '.' }, ['l.*[']],
    [{ q: 'L:TWO' }, ['l:two:']],
    [{ q: '(' }, []],
    [{ q: '{"$gt":""}' }, []],
    [{ tag: '{"$gt":""}' }, []],
    [{ owner: '{"$gt":""}' }, []],
    [{ type: '{"$ne":1}' }, []],
  ])('is narrowed by %j', async (query, names) => {
    expect((await list(query)).names).toEqual(names);
  });

  test('is read page by page', async () => {
    const first = await list({ limit: 2 });
    expect(first).toEqual({ names: ['l.*[', 'l:two:'], next: expect.any(String) });
    expect(await list({ limit: 2, cursor: first.next })).toEqual({ names: ['Ä '], next: null });
  });
});
