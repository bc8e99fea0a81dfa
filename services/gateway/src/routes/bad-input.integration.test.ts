import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Call } from '../testing/call-http.ts';
import {
  JWT_SECRET,
  PASSWORD,
  PUBLIC_URL,
  startTestGateway,
  type TestGateway,
} from '../testing/start-test-gateway.ts';

let app: TestGateway;
let token: string;
let revoked: string;
beforeAll(async () => {
  const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
  app = await startTestGateway(servers);
  const user = await app.addUser('user');
  token = user.token;
  revoked = (await app.addUser('former')).token;
  await app.call('POST', '/auth/logout', { token: revoked });
  const json = { name: 'there', content_hash: 'abc', asset_type: 'image' };
  expect((await app.call('POST', '/registry', { token, json })).status).toBe(200);
});
afterAll(() => app[Symbol.asyncDispose]());

const counts = () =>
  Promise.all([app.store.assets.count(), app.store.activities.count(), app.store.users.count()]);

/** Sends what must be refused, and looks that it was, in words, and that nothing was stored. */
async function expectRefusal(path: string, call: Call, statuses: readonly number[]) {
  const before = await counts();
  const answer = await app.call('POST', path, call);
  expect(statuses).toContain(answer.status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.json()).toMatchObject({
    status: answer.status,
    detail: expect.stringMatching(/./),
    code: expect.stringMatching(/^[a-z-]+$/),
  });
  expect(await counts()).toEqual(before);
}

const bodies: Record<string, Record<string, unknown>> = {
  '/registry': {
    name: 'bad',
    content_hash: 'abc',
    asset_type: 'image',
    tags: ['real'],
    url: 'https://art.example/cat.jpg',
    metadata: { a: 1 },
  },
  '/auth/register': {
    username: 'eve',
    password: PASSWORD,
    email: 'eve@art.example',
    invite: 'code',
  },
  '/auth/login': { username: 'user', password: PASSWORD },
};

const operator = { $gt: '' };
const wrongValues: [string, unknown][] = [
  ['an operator', operator],
  ['a list of operators', [operator]],
  ['a number', 7],
  ['a truth', true],
  ['a list', []],
  ['an object', {}],
];
const mayBe: Record<string, readonly string[]> = {
  tags: ['a list'],
  metadata: ['an object'],
};

const fields = Object.entries(bodies).flatMap(([path, body]) =>
  Object.keys(body).flatMap((field) =>
    wrongValues
      .filter(([what]) => !mayBe[field]?.includes(what))
      .map(([what, value]) => ({ path, field, what, json: { ...body, [field]: value } })),
  ),
);

test.each(fields)('$path refuses $what for $field', async ({ path, json }) => {
  await expectRefusal(path, { token, json }, [422]);
});

const needed = { '/registry': ['name', 'content_hash', 'asset_type'], '/auth/login': ['username'] };
test.each(
  Object.entries(needed).flatMap(([path, names]) => names.map((name) => [path, name] as const)),
)('%s refuses a body without %s', async (path, name) => {
  await expectRefusal(path, { token, json: { ...bodies[path], [name]: undefined } }, [422]);
});

/** JSON that `JSON.stringify` cannot make, as the value of `metadata`. */
const withMetadata = (metadata: string) =>
  `{"name":"bad","content_hash":"abc","asset_type":"image","metadata":${metadata}}`;
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const json = { 'content-type': 'application/json' };

test.each<[string, string | Buffer, number]>([
  ['nothing', '', 400],
  ['broken JSON', '{"name":', 400],
  ['two values', '{} {}', 400],
  ['a byte order mark', `\ufeff${JSON.stringify(bodies['/registry'])}`, 400],
  ['NaN', withMetadata('{"a":NaN}'), 400],
  ['a trailing comma', withMetadata('{"a":1,}'), 400],
  ['bytes that are no UTF-8', Buffer.from(withMetadata('{"a":"\u00ff"}'), 'latin1'), 400],
  ['a list', '[]', 422],
  ['null', 'null', 422],
  ['a text', '"name"', 422],
  ['a key __proto__', withMetadata('{"__proto__":{"admin":true}}'), 422],
  ['a key __proto__ at the top', '{"__proto__":{"name":"x"},"name":"bad"}', 422],
  ['an operator deep inside', withMetadata('{"a":[{"$where":"1"}]}'), 422],
  ['U+0000 in a key', withMetadata('{"a\\u0000b":1}'), 422],
  ['a lone surrogate', withMetadata('{"a":"\\ud800"}'), 422],
  ['a number beyond the doubles', withMetadata('{"a":1e999}'), 422],
  ['metadata nested 33 deep', withMetadata(nested(33)), 422],
  ['metadata nested 50,000 deep', withMetadata(nested(30_000)), 400],
  ['70 KB of metadata', withMetadata(`{"a":"${'x'.repeat(70_000)}"}`), 422],
  ['a name of 1 MB', JSON.stringify({ ...bodies['/registry'], name: 'x'.repeat(2 ** 20) }), 413],
  ['a name of 513', JSON.stringify({ ...bodies['/registry'], name: 'x'.repeat(513) }), 422],
  ['a name with U+0000', JSON.stringify({ ...bodies['/registry'], name: 'a\0b' }), 422],
  ['65 tags', JSON.stringify({ ...bodies['/registry'], tags: Array(65).fill('a') }), 422],
  ['a script for a URL', JSON.stringify({ ...bodies['/registry'], url: 'javascript:1' }), 422],
  ['a hash with a slash', JSON.stringify({ ...bodies['/registry'], content_hash: 'a/b' }), 422],
])('/registry refuses %s', async (_, body, status) => {
  await expectRefusal('/registry', { token, body, headers: json }, [status]);
});

test('metadata may be nested 32 deep, and hold what only looks like harm', async () => {
  const call = { token, headers: json };
  const deep = await app.call('POST', '/registry', { ...call, body: withMetadata(nested(32)) });
  expect(deep.status).toBe(200);
  const body = withMetadata('{"a$b":"$gt","constructor":{"prototype":1},"toString":1e308}');
  const odd = await app.call('POST', '/registry', { ...call, body: body.replace('bad', 'odd') });
  expect(odd.status).toBe(200);
});

test.each([
  ['text/plain', 415],
  ['application/xml', 415],
  ['application/json-patch+json', 415],
  ['multipart/form-data; boundary=x', 415],
  ['nonsense', 415],
])('/registry and /auth/register refuse %s', async (type, status) => {
  for (const path of ['/registry', '/auth/register'] as const) {
    const headers = { 'content-type': type };
    await expectRefusal(path, { token, body: JSON.stringify(bodies[path]), headers }, [status]);
  }
});

test('forms are refused where only JSON is taken', async () => {
  const body = 'name=bad&content_hash=abc&asset_type=image';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await expectRefusal('/registry', { token, body, headers }, [415]);
  const user = `username=eve&password=${PASSWORD}`;
  await expectRefusal('/auth/register', { body: user, headers }, [415]);
});

test.each([
  'username[$gt]=&password[$gt]=',
  'username=user&password[$ne]=x',
  'username=user&username=giles&password=x',
  '__proto__=x&username=user',
  `username=user&password=${'x'.repeat(20_000)}`,
])('/auth/login refuses the form %#', async (body) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await expectRefusal('/auth/login', { body, headers }, [413, 422]);
});

describe('a query', () => {
  const lists: Record<string, readonly string[]> = {
    '/registry': ['q', 'owner', 'type', 'tag', 'limit', 'cursor'],
    '/users/user/outbox': ['page'],
    '/.well-known/webfinger': ['resource'],
    '/': ['format'],
  };
  const parameters = Object.entries(lists).flatMap(([path, names]) =>
    names.map((name) => [path, name] as const),
  );

  test.each(parameters)('%s refuses operators and repetition in %s', async (path, name) => {
    for (const query of [`${name}[$gt]=`, `${name}[$regex]=.*`, `$where=1&${name}=a`]) {
      const answer = await app.call('GET', `${path}?${query}`);
      expect(answer.json()).toMatchObject({ status: 422, code: 'validation-failed' });
    }
    const twice = await app.call('GET', `${path}?${name}=a&${name}=b`);
    expect([400, 422]).toContain(twice.status);
  });

  test.each(parameters)('%s takes an operator in %s for a text', async (path, name) => {
    const answer = await app.call('GET', `${path}?${name}=${encodeURIComponent('{"$gt":""}')}`);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain('"there"');
  });

  test.each([
    '/registry?limit=0',
    '/registry?limit=-1',
    '/registry?limit=1001',
    '/registry?limit=1e3',
    '/registry?cursor=x',
    `/registry?cursor=${Buffer.from('[{"$gt":0},"x"]').toString('base64url')}`,
    '/registry?q=%00',
    `/registry?q=${'x'.repeat(129)}`,
    `/registry?owner=${'x'.repeat(65)}`,
    '/users/user/outbox?page=%7B%7D',
  ])('%s is 422', async (path) => {
    expect((await app.call('GET', path)).json()).toMatchObject({ status: 422 });
  });

  test('a path that is an operator finds nothing', async () => {
    const encoded = encodeURIComponent('{"$gt":""}');
    for (const path of ['/registry', '/activities', '/users']) {
      expect((await app.call('GET', `${path}/${encoded}`)).status).toBe(404);
    }
    expect((await app.call('GET', '/registry/there[$gt]')).status).toBe(404);
  });
});

describe('a token', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 60;
  const claims = { sub: 'user', username: 'user', l2_server: PUBLIC_URL, exp };
  const sign = (payload: object, secret = JWT_SECRET) => {
    const input = `${encode({ alg: 'HS256' })}.${encode(payload)}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };

  test.each<[string, () => string]>([
    ['expired', () => sign({ ...claims, exp: exp - 3600 })],
    ['of another server', () => sign({ ...claims, l2_server: 'https://evil.example' })],
    ['of nobody', () => sign({ ...claims, sub: 'nobody' })],
    ['of an operator of queries', () => sign({ ...claims, sub: operator })],
    ['with another secret', () => sign(claims, 'guess')],
    ['with alg none', () => `${encode({ alg: 'none' })}.${encode(claims)}.`],
    ['with another user put in', () => token.replace(/\.[^.]+\./, `.${encode(claims)}.`)],
    ['revoked', () => revoked],
    ['that is none', () => 'x'],
  ])('%s opens nothing', async (_, make) => {
    await expectRefusal('/registry', { token: make(), json: bodies['/registry'] }, [401]);
    await expectRefusal('/auth/logout', { token: make() }, [401]);
    await expectRefusal('/invites', { token: make() }, [401]);
  });

  test('of a user opens nothing of an operator', async () => {
    await expectRefusal('/invites', { token }, [403]);
  });
});

test.each([256, 10_000])('an Idempotency-Key of %i characters is refused', async (length) => {
  const headers = { 'idempotency-key': 'k'.repeat(length) };
  await expectRefusal('/registry', { token, headers, json: bodies['/registry'] }, [422]);
});
