import { createHmac } from 'node:crypto';
import bcrypt from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  JWT_SECRET,
  PASSWORD,
  PUBLIC_URL,
  startTestGateway,
  type TestGateway,
} from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
/** Stands still, because attempts are counted in windows of the clock, whose end would begin anew. */
const startedAt = new Date();
let app: TestGateway;
beforeAll(async () => {
  app = await startTestGateway({ ...servers, now: () => startedAt });
});
afterAll(() => app[Symbol.asyncDispose]());

const problem = (status: number, code: string) => ({
  status,
  code,
  detail: expect.any(String),
  title: expect.any(String),
  type: `/problems/${code}`,
  instance: expect.any(String),
});

const from = (address: string) => ({ 'x-forwarded-for': address });
const form = { 'content-type': 'application/x-www-form-urlencoded' };

function register(username: string, more: object = {}) {
  return app.call('POST', '/auth/register', { json: { username, password: PASSWORD, ...more } });
}

function logIn(username: string, password = PASSWORD, headers: Record<string, string> = {}) {
  return app.call('POST', '/auth/login', { json: { username, password }, headers });
}

async function tokenOf(username: string): Promise<string> {
  const answer = (await logIn(username)).json();
  return (answer as { access_token: string }).access_token;
}

const tokenAnswer = (username: string) => ({
  access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  token_type: 'bearer',
  username,
  expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
});

describe('registering', () => {
  test('gives a token and an actor with keys', async () => {
    const answer = await register('anna', { email: 'anna@art.example', unknown: 1 });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual(tokenAnswer('anna'));
    expect((await app.store.users.find('anna'))?.keys).not.toBeNull();
    expect((await app.call('GET', '/users/anna')).status).toBe(200);
  });

  test('a name that is taken is 409, also for many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => register('bert')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const again = await register('bert');
    expect(again.json()).toMatchObject(problem(409, 'conflict'));
    expect(again.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  test('the first user cannot be registered, nor logged in to before he is set up', async () => {
    expect((await register('giles')).json()).toMatchObject(problem(409, 'conflict'));
    expect((await logIn('giles')).status).toBe(401);
    expect((await logIn('giles', '')).status).toBe(422);
  });

  test.each([
    ['a short password', { password: '1234567' }, '/password'],
    ['no password', { password: undefined }, '/password'],
    ['a name with capitals', { username: 'Carl' }, '/username'],
    ['a name that is a path', { username: '../carl' }, '/username'],
    ['an address without @', { email: 'carl' }, '/email'],
  ])('%s is 422 and says where', async (_, change, pointer) => {
    const json = { username: 'carl', password: PASSWORD, ...change };
    const answer = await app.call('POST', '/auth/register', { json });
    expect(answer.json()).toMatchObject({
      ...problem(422, 'validation-failed'),
      errors: [{ pointer, message: expect.any(String) }],
    });
    expect(await app.store.users.exists('carl')).toBe(false);
  });
});

describe('logging in', () => {
  test('by JSON and by a form', async () => {
    const { username } = await app.addUser();
    expect((await logIn(username)).json()).toEqual(tokenAnswer(username));
    const body = new URLSearchParams({ username, password: PASSWORD }).toString();
    const answer = await app.call('POST', '/auth/login', { body, headers: form });
    expect(answer.json()).toEqual(tokenAnswer(username));
  });

  test('a wrong password and an unknown user get the same answer', async () => {
    const { username } = await app.addUser();
    const answers = [await logIn(username, 'wrong horse'), await logIn('nobody-at-all')];
    const [wrong, unknown] = answers.map((answer) => {
      expect(answer.json()).toMatchObject(problem(401, 'wrong-credentials'));
      const { instance: _, ...rest } = answer.json() as { instance: string };
      return rest;
    });
    expect(wrong).toEqual(unknown);
  });

  test('a hash by bcrypt is taken once and then replaced', async () => {
    const { username } = await app.addUser();
    await app.store.users.setPasswordHash(username, await bcrypt.hash('old horse', 4));
    expect((await logIn(username, 'wrong horse')).status).toBe(401);
    expect((await logIn(username, 'old horse')).status).toBe(200);
    expect((await app.store.users.find(username))?.passwordHash).toMatch(/^\$argon2id\$/);
    expect((await logIn(username, 'old horse')).status).toBe(200);
  });

  test('guesses of one account end, from wherever they come', async () => {
    const { username } = await app.addUser();
    const guess = (n: number) => logIn(username, 'guess', from(`198.51.100.${n}`));
    const guesses = await Promise.all(Array.from({ length: 14 }, (_, n) => guess(n)));
    const statuses = guesses.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    const refused = await logIn(username, PASSWORD, from('198.51.100.99'));
    expect(refused.json()).toMatchObject(problem(429, 'rate-limited'));
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    const { username: other } = await app.addUser();
    expect((await logIn(other, PASSWORD, from('198.51.100.1'))).status).toBe(200);
  });

  test('log-ins from one address end, for whatever account', async () => {
    const address = from('203.0.113.7');
    const tries = await Promise.all(
      Array.from({ length: 64 }, (_, n) => logIn(`nobody-${n}`, 'x', address)),
    );
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(4);
    const { username } = await app.addUser();
    expect((await logIn(username, PASSWORD, address)).status).toBe(429);
    expect((await logIn(username, PASSWORD, from('203.0.113.8'))).status).toBe(200);
  });
});

describe('a token', () => {
  test('says who its user is', async () => {
    const { username } = await app.addUser();
    const answer = await app.call('GET', '/auth/me', { token: await tokenOf(username) });
    expect(answer.json()).toEqual({
      username,
      role: 'user',
      actor: `${PUBLIC_URL}/users/${username}`,
      created_at: expect.any(String),
    });
  });

  test('is revoked by logging out, and the user’s others are not', async () => {
    const { username, token: other } = await app.addUser();
    const token = await tokenOf(username);
    const out = await app.call('POST', '/auth/logout', { token });
    expect(out.json()).toEqual({ revoked: true });
    const answer = await app.call('GET', '/auth/me', { token });
    expect(answer.json()).toMatchObject(problem(401, 'unauthenticated'));
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect((await app.call('POST', '/auth/logout', { token })).status).toBe(401);
    expect((await app.call('GET', '/auth/me', { token: other })).status).toBe(200);
  });

  test('of other software is taken, and can be revoked though it has no jti', async () => {
    const { username } = await app.addUser();
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(Date.now() / 1000) + 60;
    const claims = { sub: username, username, l2_server: PUBLIC_URL, exp };
    const input = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
    const token = `${input}.${createHmac('sha256', JWT_SECRET).update(input).digest('base64url')}`;
    expect((await app.call('GET', '/auth/me', { token })).status).toBe(200);
    await app.call('POST', '/auth/logout', { token });
    expect((await app.call('GET', '/auth/me', { token })).status).toBe(401);
  });

  test.each([
    ['none', {}],
    ['another scheme', { authorization: 'Basic Z2lsZXM6eA==' }],
    ['an empty one', { authorization: 'Bearer ' }],
    ['two', { authorization: 'Bearer a, Bearer b' }],
  ])('%s is 401 with words', async (_, headers) => {
    const answer = await app.call('GET', '/auth/me', { headers });
    expect(answer.json()).toMatchObject(problem(401, 'unauthenticated'));
  });
});

describe('the first operator', () => {
  test('sets his password by the link, once, and lets others in', async () => {
    const path = app.gateway.setupPath ?? '';
    const page = await app.call('GET', path);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('Welcome, giles');
    const body = new URLSearchParams({ username: 'giles', password: PASSWORD }).toString();
    const post = () => app.call('POST', path, { body, headers: form });
    const answers = [await post(), await post()];
    expect(answers.map(({ status }) => status)).toEqual([200, 404]);
    expect((await app.call('GET', path)).json()).toMatchObject(problem(404, 'not-found'));

    const token = await tokenOf('giles');
    const invite = await app.call('POST', '/invites', { token });
    expect(invite.json()).toEqual({ invite: expect.any(String), expires_at: expect.any(String) });
    const { token: userToken } = await app.addUser();
    const refused = await app.call('POST', '/invites', { token: userToken });
    expect(refused.json()).toMatchObject(problem(403, 'forbidden'));
  });

  test('guesses of the link end', async () => {
    const guess = (n: number) =>
      app.call('GET', `/setup/guess-${n}`, { headers: from('192.0.2.33') });
    const guesses = await Promise.all(Array.from({ length: 32 }, (_, n) => guess(n)));
    expect(guesses.filter(({ status }) => status === 404)).toHaveLength(30);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});

describe('where registration is not open', () => {
  test('closed: nobody gets in', async () => {
    await using closed = await startTestGateway({
      ...servers,
      env: { ARTDAG_REGISTRATION: 'closed' },
    });
    const json = { username: 'dora', password: PASSWORD };
    const answer = await closed.call('POST', '/auth/register', { json });
    expect(answer.json()).toMatchObject(problem(403, 'forbidden'));
    expect(await closed.store.users.exists('dora')).toBe(false);
  });

  test('by invite: one invite lets one in', async () => {
    await using invited = await startTestGateway({
      ...servers,
      env: { ARTDAG_REGISTRATION: 'invite' },
    });
    const form = new URLSearchParams({ password: PASSWORD }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await invited.call('POST', invited.gateway.setupPath ?? '', { body: form, headers });
    const login = { json: { username: 'giles', password: PASSWORD } };
    const { access_token: token } = (await invited.call('POST', '/auth/login', login)).json() as {
      access_token: string;
    };
    const made = await invited.call('POST', '/invites', { token });
    const { invite } = made.json() as { invite: string };
    const enter = (username: string, code?: string) =>
      invited.call('POST', '/auth/register', {
        json: { username, password: PASSWORD, invite: code },
      });
    expect((await enter('emil')).status).toBe(403);
    expect((await enter('emil', 'guess')).status).toBe(403);
    const two = await Promise.all([enter('emil', invite), enter('fred', invite)]);
    expect(two.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await enter('gerd', invite)).status).toBe(409);
  });
});
