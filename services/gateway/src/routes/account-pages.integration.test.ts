import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { formTokenOf } from '../auth/form-token.ts';
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
const HOSTILE = '"><img src=x onerror=alert(1)>';
let app: TestGateway;
let ada: { username: string; token: string };
let bob: { username: string; token: string };

beforeAll(async () => {
  app = await startTestGateway(servers);
  ada = await app.addUser('ada');
  bob = await app.addUser('bob');
});
afterAll(() => app[Symbol.asyncDispose]());

const see = (path: string, token = ada.token) =>
  app.call('GET', path, { headers: { accept: 'text/html', cookie: `auth_token=${token}` } });

const post = (path: string, fields: Record<string, string>, token = ada.token) =>
  app.call('POST', path, {
    body: new URLSearchParams({ csrf_token: formTokenOf(token), ...fields }).toString(),
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: `auth_token=${token}`,
    },
  });

const work = (name: string) => ({
  name,
  content_hash: 'a'.repeat(64),
  asset_type: 'image',
  tags: 'one, two,, one',
  url: '',
  metadata: '{"fps": 30.0}',
});

test.each(['/me', '/me/tokens', '/me/sessions', '/me/settings', '/me/export', '/register-work'])(
  '%s is for those who are logged in',
  async (path) => {
    const stranger = await app.call('GET', path, { headers: { accept: 'text/html' } });
    expect(stranger.status).toBe(303);
    expect(stranger.headers['location']).toBe(`/login?next=${encodeURIComponent(path)}`);
    const page = await see(path);
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
  },
);

test.each([
  '/me/works/x',
  '/me/tokens/x',
  '/me/sessions/x',
  '/me/sessions',
  '/me/settings',
  '/register-work',
])('a form for %s needs a page of ours and its user', async (path) => {
  const fields = { ...work('forged'), step: 'sign', display_name: 'forged', summary: '' };
  expect((await post(path, { ...fields, csrf_token: '' })).status).toBe(403);
  expect((await post(path, fields, 'nobody')).status).toBe(401);
  expect(await app.store.assets.find('forged')).toBeUndefined();
  expect((await app.store.users.find('ada'))?.displayName).toBe('ada');
  expect((await see('/me')).status).toBe(200);
});

test('a work is shown as it will be signed, registered, listed and withdrawn', async () => {
  const preview = await post('/register-work', { ...work(HOSTILE), step: 'preview' });
  expect(preview.status).toBe(200);
  expect(preview.text).toContain('30.0');
  expect(preview.text).not.toContain('<img');
  expect(await app.store.assets.find(HOSTILE)).toBeUndefined();
  const done = await post('/register-work', { ...work(HOSTILE), step: 'sign' });
  expect(done.status).toBe(303);
  expect(done.headers['location']).toBe(`/registry/${encodeURIComponent(HOSTILE)}`);
  expect(await app.store.assets.find(HOSTILE)).toMatchObject({
    owner: 'ada',
    tags: ['one', 'two'],
    metadata: '{"fps":30.0}',
  });
  const list = await see('/me');
  const path = `/me/works/${encodeURIComponent(HOSTILE)}`;
  expect(list.text).toContain(`href="${path}"`);
  expect(list.text).not.toContain('<img');
  expect((await see(path, bob.token)).status).toBe(404);
  expect((await post(path, {}, bob.token)).status).toBe(403);
  expect((await see(path)).text).toContain('Withdraw this claim?');
  expect((await post(path, {})).status).toBe(303);
  expect(await app.store.assets.find(HOSTILE)).toMatchObject({ state: 'withdrawn' });
});

test.each([
  [{ metadata: '{' }, 'The metadata must be JSON.'],
  [{ metadata: '[]' }, 'The metadata must be a JSON object.'],
  [{ content_hash: 'no hash' }, 'content_hash'],
  [{ url: 'javascript:alert(1)' }, 'url'],
])('a form with %j is shown again with what is wrong', async (wrong, words) => {
  const answer = await post('/register-work', { ...work('kept name'), ...wrong, step: 'sign' });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('role="alert"');
  expect(answer.text).toContain(words);
  expect(answer.text).toContain('value="kept name"');
  expect(await app.store.assets.find('kept name')).toBeUndefined();
});

test('settings are kept, and shown again where they are refused', async () => {
  const kept = await post('/me/settings', { display_name: 'Ada L.', summary: 'one\r\ntwo' });
  expect(kept.status).toBe(303);
  expect(await app.store.users.find('ada')).toMatchObject({
    displayName: 'Ada L.',
    summary: 'one\ntwo',
  });
  const refused = await post('/me/settings', { display_name: ' ', summary: HOSTILE });
  expect(refused.status).toBe(422);
  expect(refused.text).not.toContain('<img');
});

test('what an inbox did not take is said in words', async () => {
  const { activities } = app.store;
  const [activity] = await activities.newestByActor('ada', new Date(0), 1);
  const later = new Date(Number(activity?.publishedAt) + 1);
  expect(await activities.newestByActor('ada', later, 1)).toEqual([]);
  const delivery = {
    activityId: activity?.activityId ?? '',
    actor: 'ada',
    inbox: 'https://gone.example/inbox',
    host: 'gone.example',
    objectIri: 'https://art.example/objects/1',
    publishedAt: new Date(),
    hasPredecessor: false,
  };
  const [id = ''] = await app.store.deliveries.insertMany([delivery], new Date());
  await app.store.deliveries.end(id, 'failed', { at: new Date(), error: 'HTTP 410' });
  expect((await see('/me')).text).toContain('1 inboxes did not take it (<bdi>gone.example</bdi>)');
});

test('the export holds what the user has, and no secret', async () => {
  const { text, headers } = await see('/me/export');
  expect(headers['content-disposition']).toBe('attachment; filename="ada.json"');
  expect(JSON.parse(text)).toMatchObject({
    user: { username: 'ada', display_name: 'Ada L.' },
    works: [{ name: HOSTILE }],
    followers: [],
    following: [],
  });
  expect(text).toContain('30.0');
  expect(text).not.toMatch(/scrypt|argon|password/i);
});

test('sessions are ended one by one and all at once', async () => {
  const { username, token } = await app.addUser();
  const { tokens } = await app.store.tokens.page(username, new Date(), undefined, 10);
  const [session] = tokens;
  expect((await see('/me/sessions', token)).text).toContain('this one');
  const path = `/me/sessions/${session?.tokenId}`;
  expect((await post(path, {}, bob.token)).status).toBe(404);
  expect((await post(path, {}, token)).headers['location']).toBe('/me/sessions');
  expect((await see('/me', token)).status).toBe(303);
  expect((await post('/me/sessions', {}, bob.token)).headers['location']).toBe('/login');
  expect((await see('/me', bob.token)).status).toBe(303);
});
