import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { formTokenOf } from '../auth/form-token.ts';
import type { HttpAnswer } from '../testing/call-http.ts';
import {
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

const OWN = { 'sec-fetch-site': 'same-origin' };
const FOREIGN = { 'sec-fetch-site': 'cross-site' };

function postBody(path: string, body: string, headers: Record<string, string>) {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return app.call('POST', path, { body, headers: { ...type, ...headers } });
}

function post(path: string, fields: Record<string, string>, headers: Record<string, string> = OWN) {
  return postBody(path, new URLSearchParams(fields).toString(), headers);
}

function cookieOf(answer: HttpAnswer): string {
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

async function logIn(): Promise<{ username: string; cookie: string; token: string }> {
  const { username } = await app.addUser();
  const cookie = cookieOf(await post('/login', { username, password: PASSWORD }));
  return { username, cookie, token: cookie.slice('auth_token='.length) };
}

const me = (headers: Record<string, string>) => app.call('GET', '/auth/me', { headers });

describe('logging in by the form', () => {
  test('gives the token as a cookie that no script and no other site gets', async () => {
    const { username } = await app.addUser();
    const answer = await post('/login', { username, password: PASSWORD, next: '/me/tokens' });
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe('/me/tokens');
    const [cookie = ''] = [answer.headers['set-cookie']].flat();
    expect(cookie).toMatch(
      /^auth_token=[\w-]+\.[\w-]+\.[\w-]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await me({ cookie: cookieOf(answer) })).json()).toMatchObject({ username });
  });

  test('shows the form again where the password is wrong, and keeps the name and the way', async () => {
    const { username } = await app.addUser();
    const answer = await post('/login', { username, password: 'wrong', next: '/a"b' });
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text).toContain('<p role="alert">The user name or the password is wrong.</p>');
    expect(answer.text).toContain(`value="${username}"`);
    expect(answer.text).toContain('name="next" value="/a%22b"');
    expect(answer.text).not.toContain('wrong"');
  });

  test.each([
    ['no password', 'username=ada', 'The password is needed.'],
    ['a name twice', 'username=a&username=b&password=x', 'The username must be string.'],
  ])('%s is 422, in words', async (_, body, words) => {
    const answer = await postBody('/login', body, OWN);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
  });

  test('markup in a field stays text', async () => {
    const answer = await post('/login', { username: '"><script>x', password: 'y' });
    expect(answer.text).toContain('value="&quot;&gt;&lt;script&gt;x"');
  });

  test.each(['https://evil.example', '//evil.example', '/\\evil.example'])(
    'never goes on to %s',
    async (next) => {
      const { username } = await app.addUser();
      const answer = await post('/login', { username, password: PASSWORD, next });
      expect(answer.headers['location']).toBe('/');
      const page = await app.call('GET', `/login?next=${encodeURIComponent(next)}`);
      expect(page.text).toContain('name="next" value="/"');
      expect(page.headers['cache-control']).toBe('no-store');
      expect(page.headers['referrer-policy']).toBe('same-origin');
    },
  );

  test('guesses of one account end here as in the API', async () => {
    const { username } = await app.addUser();
    const guess = () => post('/login', { username, password: 'guess' });
    const statuses = (await Promise.all(Array.from({ length: 12 }, guess))).map((a) => a.status);
    expect(statuses.sort()).toEqual([...Array(10).fill(401), 429, 429]);
    expect(Number((await guess()).headers['retry-after'])).toBeGreaterThan(0);
  });

  test('another site cannot log a browser in', async () => {
    const { username } = await app.addUser();
    for (const headers of [FOREIGN, { origin: 'https://evil.example' }, { origin: 'null' }]) {
      const answer = await post('/login', { username, password: PASSWORD }, headers);
      expect(answer.status).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });
});

describe('registering by the form', () => {
  test('makes the user and logs him in', async () => {
    const answer = await post('/register', { username: 'anna', password: PASSWORD, email: '' });
    expect(answer.status).toBe(303);
    expect((await me({ cookie: cookieOf(answer) })).json()).toMatchObject({ username: 'anna' });
    const again = await post('/register', { username: 'anna', password: PASSWORD });
    expect(again.status).toBe(409);
    expect(again.text).toContain('is taken');
  });

  test('refuses what another site sends, and makes nobody', async () => {
    const answer = await post('/register', { username: 'bert', password: PASSWORD }, FOREIGN);
    expect(answer.status).toBe(403);
    expect(await app.store.users.exists('bert')).toBe(false);
  });
});

describe('a cookie', () => {
  test('reads from anywhere, and changes only from a page of ours', async () => {
    const { username, cookie } = await logIn();
    expect((await me({ cookie, ...FOREIGN })).status).toBe(200);
    const asset = { name: `by-${username}`, content_hash: 'abc', asset_type: 'image' };
    const register = (headers: Record<string, string>) =>
      app.call('POST', '/registry', { json: asset, headers: { cookie, ...headers } });
    expect((await register(FOREIGN)).json()).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await register({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await register({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await register({})).status).toBe(403);
    expect(await app.store.assets.find(asset.name)).toBeUndefined();
    expect((await register({ origin: PUBLIC_URL })).status).toBe(200);
  });

  test('where no header tells, the form token does, and only that of this session', async () => {
    const [one, other] = [await logIn(), await logIn()];
    const out = (token: string) => post('/logout', { csrf_token: token }, { cookie: one.cookie });
    expect((await out('')).status).toBe(403);
    expect((await out(formTokenOf(other.token))).status).toBe(403);
    expect((await me({ cookie: one.cookie })).status).toBe(200);
    const page = await app.call('GET', '/logout', { headers: { cookie: one.cookie } });
    const [, token = ''] = /name="csrf_token" value="([^"]+)"/.exec(page.text) ?? [];
    expect((await out(token)).status).toBe(303);
    expect((await me({ cookie: one.cookie })).status).toBe(401);
  });

  test('gives way to a Bearer, which needs no proof of its page', async () => {
    const [one, other] = [await logIn(), await logIn()];
    const headers = { cookie: one.cookie, authorization: `Bearer ${other.token}`, ...FOREIGN };
    expect((await me(headers)).json()).toMatchObject({ username: other.username });
    expect((await app.call('POST', '/auth/logout', { headers })).status).toBe(200);
    expect((await me({ cookie: one.cookie })).status).toBe(200);
    expect((await me({ cookie: one.cookie, authorization: 'Bearer x' })).status).toBe(401);
  });
});

describe('logging out by the form', () => {
  test('revokes the token and takes the cookie back', async () => {
    const { cookie, token } = await logIn();
    expect((await post('/logout', {}, { cookie, ...FOREIGN })).status).toBe(403);
    const answer = await post('/logout', {}, { cookie, ...OWN });
    expect(answer.status).toBe(303);
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^auth_token=; .*Expires=Thu, 01 Jan 1970/,
    );
    expect((await app.call('GET', '/auth/me', { token })).status).toBe(401);
    expect((await post('/logout', {}, { cookie, ...OWN })).status).toBe(303);
  });

  test('a link does not log out, and one without a session leads home', async () => {
    const { cookie } = await logIn();
    expect((await app.call('GET', '/logout', { headers: { cookie } })).status).toBe(200);
    expect((await me({ cookie })).status).toBe(200);
    expect((await app.call('GET', '/logout')).headers['location']).toBe('/');
  });
});

test('the cookie is sent over plain http where the public URL is that', async () => {
  await using plain = await startTestGateway({
    ...servers,
    env: { ARTDAG_PUBLIC_URL: 'http://127.0.0.1:8200' },
  });
  const { username } = await plain.addUser();
  const answer = await plain.call('POST', '/login', {
    body: new URLSearchParams({ username, password: PASSWORD }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...OWN },
  });
  expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax$/);
});
