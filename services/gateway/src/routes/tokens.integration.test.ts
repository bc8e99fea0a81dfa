import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  JWT_SECRET,
  PASSWORD,
  PUBLIC_URL,
  startTestGateway,
  type TestGateway,
} from '../testing/start-test-gateway.ts';

const L1_A = 'https://a.l1.example';
const L1_B = 'https://b.l1.example/base';
const L1_SECRET = 'https://secret.l1.example';
const SECRET = 'a-secret-that-only-one-L1-and-L2-know';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
const env = {
  L1_SERVERS: `${L1_A},${L1_B}/,${L1_SECRET}`,
  ARTDAG_L1_SECRETS: `${L1_SECRET}=${SECRET}`,
};
let app: TestGateway;
let second: TestGateway;
beforeAll(async () => {
  app = await startTestGateway({ ...servers, env });
  second = await startTestGateway({ ...servers, env, beside: app });
});
afterAll(async () => {
  await second[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as other software makes it with the shared secret. */
function foreignToken(claims: object, header: object = { alg: 'HS256' }): string {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const input = `${encode(header)}.${encode({ l2_server: PUBLIC_URL, exp, ...claims })}`;
  return `${input}.${createHmac('sha256', JWT_SECRET).update(input).digest('base64url')}`;
}

async function scopedToken(token: string, l1Server: string): Promise<string> {
  const answer = await app.call('POST', '/auth/token', { token, json: { l1_server: l1Server } });
  expect(answer.status).toBe(200);
  return (answer.json() as { access_token: string }).access_token;
}

const verify = (token: string, l1Server?: unknown) =>
  app.call('POST', '/auth/verify', { token, json: { l1_server: l1Server } });

const statusOf = async (token: string, gateway = app) =>
  (await gateway.call('GET', '/auth/me', { token })).status;

async function promised(username: string): Promise<string[]> {
  const ids = await app.store.l1Notices.outbox.due('notify-l1', new Date('2099-01-01'), 1000);
  const notices = await Promise.all(ids.map((id) => app.store.l1Notices.find(id)));
  return notices
    .flatMap((notice) => (notice?.username === username ? [notice.l1Server] : []))
    .sort();
}

describe('a token for one L1', () => {
  test('says so, and ends no later than the one it was made from', async () => {
    const { username } = await app.addUser();
    const exp = Math.floor(Date.now() / 1000) + 50;
    const session = foreignToken({ sub: username, username, exp });
    const json = { l1_server: `${L1_B}//` };
    const answer = await app.call('POST', '/auth/token', { token: session, json });
    expect(answer.json()).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      username,
      expires_at: new Date(exp * 1000).toISOString(),
      l1_server: L1_B,
    });
  });

  test.each([
    ['an L1 that is not configured', 'https://evil.example'],
    ['no URL', 'l1'],
    ['a part of a URL', 'https://a.l1'],
  ])('is not given for %s', async (_, l1Server) => {
    const { token } = await app.addUser();
    const answer = await app.call('POST', '/auth/token', { token, json: { l1_server: l1Server } });
    expect(answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('verifies for that L1 and for no other', async () => {
    const { username, token } = await app.addUser();
    const scoped = await scopedToken(token, L1_A);
    expect((await verify(scoped, L1_A)).json()).toEqual({
      valid: true,
      username,
      claims: {
        sub: username,
        username,
        l2_server: PUBLIC_URL,
        l1_server: L1_A,
        iat: expect.any(Number),
        exp: expect.any(Number),
        jti: expect.any(String),
      },
    });
    expect((await verify(scoped, L1_B)).json()).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await verify(scoped)).status).toBe(403);
  });

  test('does nothing else at this server', async () => {
    const { username, token } = await app.addUser();
    const scoped = await scopedToken(token, L1_A);
    const asset = { name: `of-${username}`, content_hash: 'abc', asset_type: 'image' };
    const calls = [
      app.call('POST', '/registry', { token: scoped, json: asset }),
      app.call('DELETE', '/registry/x', { token: scoped }),
      app.call('POST', '/auth/token', { token: scoped, json: { l1_server: L1_A } }),
      app.call('GET', '/auth/tokens', { token: scoped }),
      app.call('DELETE', '/auth/tokens', { token: scoped }),
      app.call('POST', '/invites', { token: scoped }),
      app.call('GET', '/moderation/hosts', { token: scoped }),
      app.call('GET', '/auth/tokens', { headers: { cookie: `auth_token=${scoped}` } }),
    ];
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(8).fill(403));
    expect(await statusOf(scoped)).toBe(200);
    expect(await statusOf(token)).toBe(200);
  });
});

describe('an L1 that asks about a token', () => {
  test('as the original does, by its name', async () => {
    const { username, token } = await app.addUser();
    expect((await verify(token, `${L1_A}/`)).json()).toMatchObject({ valid: true, username });
    expect((await verify(token, 'https://evil.example')).status).toBe(403);
    expect((await verify(token)).status).toBe(403);
    expect((await verify(token, { $ne: 1 })).status).toBe(422);
    expect((await verify('x.y.z', L1_A)).status).toBe(401);
  });

  test('without a name or a body, where there is one L1 only', async () => {
    await using one = await startTestGateway({ ...servers, env: { ARTDAG_L1: L1_A } });
    const { username, token } = await one.addUser();
    expect((await one.call('POST', '/auth/verify', { token })).json()).toMatchObject({ username });
  });

  test('by its secret, which its name cannot stand for', async () => {
    const { username, token } = await app.addUser();
    const ask = (secret: string, json: object) =>
      app.call('POST', '/auth/verify', { token: secret, json });
    expect((await ask(SECRET, { token })).json()).toMatchObject({ valid: true, username });
    expect((await ask(SECRET, { token, l1_server: L1_SECRET })).status).toBe(200);
    expect((await ask(SECRET, { token, l1_server: L1_A })).status).toBe(403);
    expect((await ask(SECRET.slice(1), { token })).status).toBe(403);
    expect((await ask(token, { token })).status).toBe(403);
    expect((await verify(token, L1_SECRET)).status).toBe(403);
    const scoped = await scopedToken(token, L1_SECRET);
    expect((await ask(SECRET, { token: scoped })).status).toBe(200);
    expect((await ask(SECRET, { token: await scopedToken(token, L1_A) })).status).toBe(403);
    expect((await ask(SECRET, { token: 'x' })).status).toBe(401);
  });

  test('hears nothing of a user who is not here', async () => {
    expect((await verify(foreignToken({ sub: 'nobody-here' }), L1_A)).status).toBe(401);
    expect((await verify(foreignToken({ sub: { $gt: '' } }), L1_A)).status).toBe(401);
  });
});

describe('revoking', () => {
  test('is seen by every gateway at once', async () => {
    const { token } = await app.addUser();
    const scoped = await scopedToken(token, L1_A);
    expect(await statusOf(token, second)).toBe(200);
    await app.call('POST', '/auth/logout', { token });
    expect(await statusOf(token, second)).toBe(401);
    expect(await statusOf(scoped, second)).toBe(401);
    const asked = { token: scoped, json: { l1_server: L1_A } };
    expect((await second.call('POST', '/auth/verify', asked)).status).toBe(401);
  });

  test('at logout promises to tell each L1 that has a token of the user', async () => {
    const { username, token } = await app.addUser();
    await scopedToken(token, L1_A);
    await verify(token, L1_B);
    await app.call('POST', '/auth/logout', { token });
    expect(await promised(username)).toEqual([L1_A, L1_B]);
  });

  test('a token of one L1 tells that L1 only, and leaves the session', async () => {
    const { username, token } = await app.addUser();
    const [a, b] = [await scopedToken(token, L1_A), await scopedToken(token, L1_B)];
    await app.call('POST', '/auth/logout', { token: a });
    expect(await promised(username)).toEqual([L1_A]);
    expect(await Promise.all([a, b, token].map((one) => statusOf(one)))).toEqual([401, 200, 200]);
  });

  test('all tokens ends those of other software too, and lets the user in again at once', async () => {
    const { username, token } = await app.addUser();
    const iat = Math.floor(Date.now() / 1000);
    const foreign = [foreignToken({ sub: username }), foreignToken({ sub: username, iat })];
    const scoped = await scopedToken(token, L1_A);
    expect((await app.call('DELETE', '/auth/tokens', { token })).json()).toEqual({ revoked: true });
    for (const one of [token, scoped, ...foreign]) expect(await statusOf(one, second)).toBe(401);
    expect(await promised(username)).toEqual([L1_A]);
    const json = { username, password: PASSWORD };
    const answer = (await second.call('POST', '/auth/login', { json })).json();
    expect(await statusOf((answer as { access_token: string }).access_token)).toBe(200);
  });
});

describe('a user’s view of his tokens', () => {
  test('shows what they are for and never the tokens, and he ends one of them', async () => {
    const { token } = await app.addUser();
    const scoped = await scopedToken(token, L1_A);
    await verify(token, L1_B);
    const list = async () => (await app.call('GET', '/auth/tokens', { token })).json();
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    const times = { issued_at: time, last_used_at: time, expires_at: time };
    const answer = (await list()) as { tokens: { id: string; l1_server: string | null }[] };
    expect(answer.tokens).toHaveLength(2);
    expect(answer.tokens).toEqual(
      expect.arrayContaining([
        { id: expect.any(String), l1_server: L1_A, known_to: [L1_A], is_current: false, ...times },
        { id: expect.any(String), l1_server: null, known_to: [L1_B], is_current: true, ...times },
      ]),
    );
    expect(JSON.stringify(answer)).not.toContain(scoped.split('.').at(-1));
    const id = answer.tokens.find((entry) => entry.l1_server === L1_A)?.id ?? '';
    const { token: other } = await app.addUser();
    expect((await app.call('DELETE', `/auth/tokens/${id}`, { token: other })).status).toBe(404);
    expect(await statusOf(scoped)).toBe(200);
    expect((await app.call('DELETE', `/auth/tokens/${id}`, { token })).status).toBe(200);
    expect(await statusOf(scoped)).toBe(401);
    expect(((await list()) as typeof answer).tokens).toHaveLength(1);
  });
});
