import { signActivity } from '@artdag/queues';
import { freePort } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { callHttp, type HttpAnswer } from '../testing/call-http.ts';
import { PASSWORD, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
const QUEUE = `/api/queues/${signActivity.name}`;

interface Board {
  readonly app: TestGateway;
  readonly url: string;
  readonly operator: { readonly username: string; readonly token: string };
  readonly user: { readonly username: string; readonly token: string };
}

async function startBoards(env: Record<string, string>): Promise<Board> {
  const port = await freePort();
  const app = await startTestGateway({
    ...servers,
    isWithoutSigner: true,
    env: { ARTDAG_BOARD_PORT: String(port), ...env },
  });
  const operator = await app.addUser('operator-1', 'operator');
  return { app, url: `http://127.0.0.1:${port}`, operator, user: await app.addUser('giles-1') };
}

let board: Board;
/** Of an operator who has logged in. */
let cookie: string;
beforeAll(async () => {
  board = await startBoards({});
  cookie = cookieFrom((await logIn(board.operator)).headers);
});
afterAll(() => board.app[Symbol.asyncDispose]());

const logIn = (who: { username: string }, headers: Record<string, string> = {}) =>
  callHttp(board.url, 'POST', '/login', {
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
    json: { username: who.username, password: PASSWORD },
  });

const cookieFrom = (headers: HttpAnswer['headers']) =>
  String(headers['set-cookie']).split(';', 1)[0] ?? '';

describe('nobody sees anything', () => {
  test.each([
    '/',
    '/queue/sign-activity',
    '/api/queues',
    '/api/redis/stats',
    '/static/images/x.svg',
  ])('%s without a log-in', async (path) => {
    expect((await callHttp(board.url, 'GET', path)).status).toBe(401);
    const browser = { headers: { accept: 'text/html' } };
    const sent = await callHttp(board.url, 'GET', path, browser);
    expect(sent.status).toBe(303);
    expect(sent.headers['location']).toBe('/login');
  });

  test('who is no operator', async () => {
    const { token } = board.user;
    expect((await callHttp(board.url, 'GET', '/api/queues', { token })).status).toBe(403);
    expect((await logIn(board.user)).status).toBe(403);
  });

  test('on the public listener', async () => {
    const { token } = board.operator;
    expect((await board.app.call('GET', '/api/queues', { token })).status).toBe(404);
  });
});

test('an operator logs in, sees the queues, and logs out', async () => {
  const form = await callHttp(board.url, 'GET', '/login');
  expect(form.status).toBe(200);
  const logged = await logIn(board.operator);
  expect(logged.status).toBe(303);
  expect(String(logged.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict$/);
  const own = cookieFrom(logged.headers);
  expect(own).toMatch(/^board_token=./);
  const page = await callHttp(board.url, 'GET', '/', {
    headers: { cookie: own, accept: 'text/html' },
  });
  expect(page.status).toBe(200);
  const { queues } = (
    await callHttp(board.url, 'GET', '/api/queues', { headers: { cookie: own } })
  ).json() as { queues: { name: string; readOnlyMode: boolean }[] };
  expect(queues.map(({ name }) => name)).toContain('deliver-activity');
  expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
  const out = await callHttp(board.url, 'POST', '/logout', {
    headers: { cookie: own, 'sec-fetch-site': 'same-origin' },
  });
  expect(String(out.headers['set-cookie'])).toMatch(/^board_token=;/);
  const after = await callHttp(board.url, 'GET', '/api/queues', { headers: { cookie: own } });
  expect(after.status).toBe(401);
});

test('the page asks no other host for anything, and runs no inline script or style', async () => {
  const { token } = board.operator;
  const page = await callHttp(board.url, 'GET', '/', { token });
  expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect(page.text).not.toMatch(/style=|<style|<script(?![^>]*(?: src=|type="application\/json"))/);
  expect(page.text).toContain('<div id="root"></div>');
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/https?:|unsafe|\*/);
  expect(page.headers['x-frame-options']).toBeDefined();
  const [, script] = /src="(static\/js\/main[^"]+)"/.exec(page.text) ?? [];
  expect((await callHttp(board.url, 'GET', `/${script}`, { token })).status).toBe(200);
});

describe('what another site makes a browser send is refused', () => {
  test.each([
    ['by its site', { 'sec-fetch-site': 'cross-site' }],
    ['by a sister site', { 'sec-fetch-site': 'same-site' }],
    ['by its origin', { origin: 'https://evil.example' }],
    ['by a hidden origin', { origin: 'null' }],
    ['as it says nothing', {}],
  ])('%s', async (_, site) => {
    const headers = { cookie, ...site };
    expect((await callHttp(board.url, 'PUT', `${QUEUE}/pause`, { headers })).status).toBe(403);
    expect((await callHttp(board.url, 'POST', '/logout', { headers })).status).toBe(403);
    const credentials = { username: 'operator-1', password: PASSWORD };
    const login = await callHttp(board.url, 'POST', '/login', { headers: site, json: credentials });
    expect(login.status).toBe(403);
  });
});

test.each([
  ['PUT', `${QUEUE}/pause`],
  ['PUT', '/api/queues/pause'],
  ['PUT', `${QUEUE}/clean/completed`],
  ['PUT', `${QUEUE}/empty`],
  ['PUT', `${QUEUE}/obliterate`],
  ['POST', `${QUEUE}/add`],
  ['PATCH', `${QUEUE}/1/update-data`],
  ['PUT', `${QUEUE}/1/retry`],
  ['PUT', `${QUEUE}/1/clean`],
])('it is read-only: %s %s', async (method, path) => {
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const answer = await callHttp(board.url, method, path, { headers, json: {} });
  expect(answer.status).toBe(405);
  expect(answer.headers['allow']).toBe('GET, HEAD');
});

test('where it may write, acts are written down, and nothing puts a payload on a queue', async () => {
  const writable = await startBoards({ ARTDAG_BOARD_WRITES: 'on' });
  await using _app = writable.app;
  const { token } = writable.operator;
  const ask = (method: string, path: string) =>
    callHttp(writable.url, method, path, { token, json: {} });
  expect((await ask('PUT', `${QUEUE}/pause`)).status).toBe(200);
  await expect
    .poll(() => writable.app.store.audit.page(undefined, 5))
    .toMatchObject([
      { operator: 'operator-1', action: 'use-board', target: 'sign-activity/pause' },
    ]);
  expect((await ask('PUT', `${QUEUE}/resume`)).status).toBe(200);
  expect((await ask('POST', `${QUEUE}/add`)).status).toBe(405);
  expect((await ask('PATCH', `${QUEUE}/1/update-data`)).status).toBe(405);
  expect((await ask('PUT', `${QUEUE}/obliterate`)).status).toBe(405);
  expect((await ask('PUT', `${QUEUE}/empty`)).status).toBe(405);
});
