import { encodeCursor } from '@artdag/store';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { formTokenOf } from '../auth/form-token.ts';
import {
  JWT_SECRET,
  PUBLIC_URL,
  startTestGateway,
  type TestGateway,
} from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
const HOSTILE = '<img src=x onerror=alert(1)>';
let app: TestGateway;
let operator: { username: string; token: string };
let giles: { username: string; token: string };

beforeAll(async () => {
  app = await startTestGateway(servers);
  operator = await app.addUser('operator-1', 'operator');
  giles = await app.addUser('giles-1');
});
afterAll(() => app[Symbol.asyncDispose]());

const see = (path: string, token: string | undefined = operator.token) =>
  app.call('GET', path, {
    headers: { accept: 'text/html', ...(token && { cookie: `auth_token=${token}` }) },
  });

const act = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.call('POST', path, {
    body: new URLSearchParams(fields).toString(),
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: `auth_token=${operator.token}`,
      ...headers,
    },
  });

const send = (path: string, action: string) =>
  act(path, { action, csrf_token: formTokenOf(operator.token) });

const latestAudit = async () => (await app.store.audit.page(undefined, 1))[0];

/** A delivery to `host`, which has failed for good where there is a reason. */
async function deliver(host: string, failure?: string): Promise<string> {
  const delivery = {
    activityId: `a-${host}-${failure ?? ''}`,
    actor: 'giles-1',
    inbox: `https://${host}/inbox`,
    host,
    objectIri: 'https://art.example/objects/1',
    publishedAt: new Date('2026-01-06T23:01:27Z'),
    hasPredecessor: false,
  };
  const [id = ''] = await app.store.deliveries.insertMany([delivery], new Date());
  if (failure !== undefined)
    await app.store.deliveries.end(id, 'failed', { at: new Date(), error: failure });
  return id;
}

/** The page of failures, once they are counted: a busy store may take longer than a page waits. */
async function seeFailures() {
  for (;;) {
    const page = await see('/admin/failures');
    if (!/being counted/.test(page.text)) return page;
  }
}

test.each([
  '/admin',
  '/admin/queues',
  '/admin/queues/deliver-activity',
  '/admin/queues/deliver-activity?state=delayed',
  '/admin/failures',
  '/admin/peers',
  '/admin/peers/peer.example',
  '/admin/l1',
  '/admin/users',
  '/admin/reports',
  '/admin/audit',
  '/admin/settings',
])('%s is a page for operators, and for nobody else', async (path) => {
  const page = await see(path);
  expect(page.status).toBe(200);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.text).toContain('<a href="/admin/queues"');
  const forbidden = await see(path, giles.token);
  expect(forbidden.status).toBe(403);
  expect(forbidden.text).toContain('Only an operator may do this.');
  const stranger = await see(path, '');
  expect(stranger.status).toBe(303);
  expect(stranger.headers['location']).toBe(`/login?next=${encodeURIComponent(path)}`);
});

test.each([
  ['/admin/queues/deliver-activity', 'pause'],
  ['/admin/failures/0123456789abcdef', 'drop'],
  ['/admin/peers/peer.example', 'block'],
  ['/admin/users/giles-1', 'disable'],
  [`/admin/reports/${'0'.repeat(64)}`, 'close'],
])('a form for %s needs a page of ours and an operator', async (path, action) => {
  const before = await latestAudit();
  expect((await act(path, { action })).status).toBe(403);
  const csrf_token = formTokenOf(operator.token);
  const foreign = { 'sec-fetch-site': 'cross-site' };
  expect((await act(path, { action, csrf_token }, foreign)).status).toBe(403);
  const cookie = `auth_token=${giles.token}`;
  expect(
    (await act(path, { action, csrf_token: formTokenOf(giles.token) }, { cookie })).status,
  ).toBe(403);
  expect((await act(path, { action: 'explode', csrf_token })).status).toBe(422);
  expect(await latestAudit()).toEqual(before);
});

test('checks are shown in words, each with what to do', async () => {
  const { text } = await see('/admin');
  expect(text).toContain('queue without a worker: fan-out-activity');
  expect(text).toContain('>failure</strong>');
});

test('settings are shown with where they come from, and no secret', async () => {
  const { text } = await see('/admin/settings');
  const row = (name: string) => text.split(`<code>${name}</code>`)[1]?.split('</tr>')[0] ?? '';
  expect(row('ARTDAG_DOMAIN')).toMatch(/art\.example.*the environment/s);
  expect(row('ARTDAG_PUBLIC_URL')).toMatch(/https:\/\/art\.example.*ARTDAG_DOMAIN/s);
  expect(row('ARTDAG_TOKEN_DAYS')).toMatch(/30.*the default/s);
  expect(row('JWT_SECRET')).toMatch(/set, and never shown.*the environment/s);
  expect(row('ARTDAG_L1_SECRETS')).toMatch(/not set.*nowhere/s);
  for (const secret of [JWT_SECRET, servers.mongodbUrl, servers.redisUrl])
    expect(text).not.toContain(secret);
});

test('a queue where nobody works says so, and is paused and resumed', async () => {
  const path = '/admin/queues/deliver-activity';
  expect((await see('/admin/queues')).text).toContain('no workers: nothing runs until');
  const paused = await send(path, 'pause');
  expect(paused.status).toBe(303);
  expect(paused.headers['location']).toBe(path);
  expect((await see(path)).text).toContain('paused: workers take nothing');
  expect(await latestAudit()).toMatchObject({ operator: 'operator-1', action: 'pause-queue' });
  await send(path, 'resume');
  expect((await see(path)).text).toContain('Pause the queue');
});

test('failures are counted before they are tried again, and the audit has it', async () => {
  await deliver('gone.example', HOSTILE);
  const list = await seeFailures();
  expect(list.text).not.toContain(HOSTILE);
  expect(list.text).toContain('&lt;img src=x');
  const [, path = ''] = /href="(\/admin\/failures\/[0-9a-f]{16})"/.exec(list.text) ?? [];
  const question = await see(`${path}?ask=retry`);
  expect(question.text).toContain('Try 1 works again?');
  expect(await latestAudit()).not.toMatchObject({ action: 'retry-failures' });
  expect((await send(path, 'retry')).headers['location']).toBe('/admin/failures');
  expect(await latestAudit()).toMatchObject({ action: 'retry-failures', count: 1 });
  expect((await seeFailures()).text).toContain('Nothing was given up.');
  expect((await see(path)).status).toBe(404);
});

test('a peer is shown with what waits for it, blocked after a question, and audited', async () => {
  await deliver('busy.example');
  await app.store.hosts.learn(
    'busy.example',
    { lastErrorAt: new Date(), lastError: HOSTILE },
    new Date(),
  );
  const path = '/admin/peers/busy.example';
  expect((await see('/admin/peers')).text).toContain(`href="${path}"`);
  const page = await see(path);
  expect(page.text).toContain('https://busy.example/inbox');
  expect(page.text).not.toContain(HOSTILE);
  expect((await see(`${path}?ask=block`)).text).toContain('drop 1 waiting deliveries?');
  expect((await send(path, 'block')).headers['location']).toBe(path);
  expect(await latestAudit()).toMatchObject({
    action: 'block-host',
    target: 'busy.example',
    count: 1,
  });
  expect((await see(path)).text).toContain('<dd>blocked</dd>');
  expect((await see('/admin/peers/a%20b')).status).toBe(422);
});

test('an L1 in trouble says until when it is left alone', async () => {
  await app.store.l1Servers.ensure(['https://l1.example']);
  await app.store.l1Servers.noteFailure('https://l1.example', HOSTILE, new Date());
  await app.store.l1Servers.open('https://l1.example', new Date(Date.now() + 60_000));
  const { text } = await see('/admin/l1');
  expect(text).toContain('left alone until');
  expect(text).not.toContain(HOSTILE);
});

test('a user is kept out, let in, and gets a link that is shown once', async () => {
  const { username } = await app.addUser();
  const path = `/admin/users/${username}`;
  expect((await send(path, 'disable')).headers['location']).toBe('/admin/users');
  expect((await see('/admin/users')).text).toContain('kept out since');
  await send(path, 'enable');
  expect((await app.store.users.find(username))?.disabledAt).toBeUndefined();
  const linked = await send(path, 'reset-password');
  expect(linked.headers['cache-control']).toBe('no-store');
  expect(linked.text).toContain(`${PUBLIC_URL}/setup/`);
  const { text } = await see('/admin/audit');
  for (const action of ['disable-user', 'enable-user', 'reset-password'])
    expect(text).toContain(`<td>${action}</td>`);
  expect(text).not.toContain('/setup/');
  expect((await send('/admin/users/operator-1', 'disable')).status).toBe(409);
});

test('a report is shown harmlessly and dealt with', async () => {
  const reportId = app.store.receivedActivities.idOf('a report');
  await app.store.reports.put({
    reportId,
    activityIri: 'https://peer.example/flags/1',
    actorIri: 'javascript:alert(1)',
    host: 'peer.example',
    objectIris: ['https://art.example/users/giles-1'],
    content: HOSTILE,
    receivedAt: new Date(),
  });
  await app.store.reports.put({
    reportId: app.store.receivedActivities.idOf('an older report'),
    activityIri: 'https://peer.example/flags/0',
    actorIri: 'https://peer.example/users/ann',
    host: 'peer.example',
    objectIris: [],
    content: 'older',
    receivedAt: new Date(0),
  });
  const cursor = encodeCursor({ at: new Date(1000), id: reportId });
  const rest = await see(`/admin/reports?cursor=${cursor}`);
  expect(rest.text).toMatch(/older.*href="\/admin\/reports"/s);
  expect(rest.text).not.toContain(`/admin/reports/${reportId}`);
  const { text } = await see('/admin/reports');
  expect(text).not.toContain(HOSTILE);
  expect(text).not.toContain('href="javascript:');
  await send(`/admin/reports/${reportId}`, 'close');
  expect((await see('/admin/reports')).text).not.toContain(`/admin/reports/${reportId}`);
  expect(await latestAudit()).toMatchObject({ action: 'close-report', target: reportId });
});
