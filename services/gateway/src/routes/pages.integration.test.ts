import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const MAX_BYTES = 40 * 1024;
const MARKUP = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;
const TURNING = '\u202egnp.exe\u2066';
const NAME = `${MARKUP}${TURNING}${'W'.repeat(300)}`;
const HASH = 'a1b2'.repeat(16);

let app: TestGateway;
let owner: { username: string; token: string };
let activityId: string;

const page = (path: string, headers = HTML) => app.call('GET', path, { headers });

beforeAll(async () => {
  const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
  app = await startTestGateway(servers);
  owner = await app.addUser('owner');
  await app.store.users.setProfile(
    'owner',
    { displayName: `${MARKUP}${TURNING}`, summary: `${MARKUP} ${'x'.repeat(10_000)}` },
    new Date(),
  );
  const register = async (asset: object) => {
    const body = { asset_type: 'image', tags: ['sun', `${MARKUP}${TURNING}`], ...asset };
    const answer = await app.call('POST', '/registry', { token: owner.token, json: body });
    expect(answer.status).toBe(200);
    return answer.json() as { asset: { activity_id: string } };
  };
  await register({ name: 'source', content_hash: 'source-hash' });
  const registered = await register({
    name: NAME,
    content_hash: HASH,
    url: 'https://evil.example/"><script>alert(1)</script>',
    metadata: {
      note: MARKUP,
      provenance: {
        run_id: MARKUP,
        recipe: `\\N${MARKUP}`,
        l1_server: 'javascript:alert(1)',
        inputs: ['source-hash', 'b'.repeat(128)],
      },
    },
  });
  activityId = registered.asset.activity_id;
});
afterAll(() => app[Symbol.asyncDispose]());

const work = () => `/registry/${encodeURIComponent(NAME)}`;

test('pages hold hostile text harmlessly, within 40 KB, and no script of it', async () => {
  const css = (await page('/')).text.match(/\/shell\/style\.[0-9a-f]+\.css/)?.[0] ?? '';
  const style = (await page(css)).text;
  const paths = [
    '/',
    '/assets',
    '/assets?view=table',
    work(),
    `/objects/${HASH}`,
    `/tags/${encodeURIComponent(`${MARKUP}${TURNING}`)}`,
    '/users',
    '/users/owner',
    '/users/owner/key',
    '/activities',
    `/activities/${activityId}`,
    '/about',
    `/search?q=${encodeURIComponent(MARKUP)}`,
    '/problems/not-found',
    `/embed${work()}`,
    `/login?next=${encodeURIComponent(`/${MARKUP}`)}`,
  ];
  for (const path of paths) {
    const { status, headers, text } = await page(path);
    expect({ path, status, type: headers['content-type'] }).toEqual({
      path,
      status: 200,
      type: 'text/html; charset=utf-8',
    });
    expect(text, path).not.toMatch(/<script>|<img src=x|href="javascript:/i);
    expect(text.replaceAll(/"[^"]*"/g, '""'), path).not.toMatch(/<[^>]*\s(on[a-z]+|style)=/i);
    expect(headers['content-security-policy'], path).not.toContain('unsafe');
    expect(gzipSync(text + style).length, path).toBeLessThan(MAX_BYTES);
    const shown = text.replace(/<pre.*?<\/pre>/gs, '');
    expect(shown, path).not.toMatch(/[\u202e\u2066]/);
  }
});

test.each([
  ['/asset/a%20b', 301, '/registry/a%20b'],
  ['/activity/x', 301, '/activities/x'],
  ['/tags/sun?format=json', 303, '/registry?tag=sun&limit=100'],
  ['/assets?state=withdrawn&format=json', 303, '/registry?state=withdrawn&limit=100'],
  [`/search?q=${HASH}`, 303, `/objects/${HASH}`],
  ['/search?q=source-hash', 303, '/objects/source-hash'],
  ['/search?q=@owner', 303, '/users/owner'],
  ['/search?q=owner@art.example', 303, '/users/owner'],
  ['/search?q=source', 303, '/registry/source'],
  ['/search?q=https://art.example/users/owner', 303, '/users/owner'],
  ['/search?q=', 303, '/assets'],
])('%s is %i to %s', async (path, status, location) => {
  const answer = await page(path);
  expect([answer.status, answer.headers['location']]).toEqual([status, location]);
});

test('the id of an activity is found, an address elsewhere is not followed', async () => {
  const found = await page(`/search?q=${activityId}`);
  expect(found.headers['location']).toBe(`/activities/${activityId}`);
  const foreign = await page('/search?q=https://evil.example/x');
  expect([foreign.status, foreign.headers['location']]).toEqual([200, undefined]);
});

describe('negotiation', () => {
  test('a work is JSON for programs and a page for people; either leads to the other', async () => {
    for (const accept of ['*/*', 'application/json']) {
      const { headers } = await page(work(), { accept });
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(headers['vary']).toContain('Accept');
      expect(headers['link']).toContain('rel="alternate"; type="text/html"');
    }
    expect((await page(`${work()}?format=json`)).headers['content-type']).toMatch(/json/);
    expect((await page(`${work()}?format=html`, { accept: '*/*' })).headers['vary']).toContain(
      'Accept',
    );
    expect((await page(work())).text).toContain('rel="alternate" type="application/json"');
  });

  test('errors are pages for people, with the number of the request', async () => {
    const missing = await page('/registry/nothing');
    expect(missing.status).toBe(404);
    expect(missing.text).toContain('No asset has this name.');
    expect(missing.text).toMatch(/<code>[0-9a-f-]{36}<\/code>/);
    expect((await page('/nowhere', { accept: '*/*' })).json()).toMatchObject({ status: 404 });
    expect((await page('/assets?cursor=x')).status).toBe(422);
  });
});

test('the browser keeps whether pages are light or dark', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const chosen = await app.call('POST', '/appearance', {
    headers: { ...form, 'sec-fetch-site': 'same-origin' },
    body: 'scheme=dark&next=//evil.example',
  });
  expect([chosen.status, chosen.headers['location']]).toEqual([303, '/']);
  const cookie = String(chosen.headers['set-cookie']).split(';')[0] ?? '';
  expect((await page('/', { ...HTML, cookie } as typeof HTML)).text).toContain(
    'data-scheme="dark"',
  );
});

describe('shared', () => {
  test('only the card may stand in pages of others', async () => {
    const card = await page(`/embed${work()}`);
    expect(card.headers['content-security-policy']).toContain('frame-ancestors *');
    expect(card.headers['x-frame-options']).toBeUndefined();
    const whole = await page(work());
    expect(whole.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('oEmbed knows the addresses of works here, and no others', async () => {
    const ask = (url: string) => page(`/oembed?url=${encodeURIComponent(url)}`, { accept: '*/*' });
    expect((await ask(`https://art.example${work()}`)).json()).toMatchObject({
      type: 'rich',
      title: NAME,
      html: expect.stringMatching(
        /^<iframe src="https:\/\/art\.example\/embed\/registry\/[^"<>]*" /,
      ),
    });
    for (const url of ['https://evil.example/registry/source', 'https://art.example/x', 'x'])
      expect((await ask(url)).status).toBe(404);
  });

  test('a badge says in words what stands', async () => {
    expect((await page(`/badge/${HASH}.svg`)).text).toContain('claimed by @owner@art.example');
    expect((await page('/badge/nobody.svg')).text).toContain('not claimed here');
    expect((await page('/badge/nobody.png')).status).toBe(404);
  });

  test.each(['/feed.atom', '/users/owner/feed.atom', '/tags/sun/feed.atom'])(
    '%s is a feed without markup of others',
    async (path) => {
      const { headers, text } = await page(path);
      expect(headers['content-type']).toMatch(/^application\/atom\+xml/);
      expect(text).toContain('<id>https://art.example/registry/source</id>');
      expect(text).not.toMatch(/<script|<img|[\u202e\u2066]/);
    },
  );

  test('provenance is a list and a picture, whatever its runs are called', async () => {
    const whole = await page(work());
    expect(whole.text).toContain('<a href="/registry/source">');
    const drawn = await page(`${work()}/provenance.svg`);
    expect(drawn.headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(drawn.text).toContain('source');
    expect(drawn.text).not.toMatch(/<script|<img|javascript:|xlink:href/);
    expect((await page(`${work()}/qr.svg`)).text).toContain('<svg');
  });
});

test('a run that is registered has a page, and its work leads there', async () => {
  const l1Server = 'https://l1.example';
  const name = { owner: 'owner', l1Server, runId: MARKUP, outputName: NAME };
  const run = { ...name, activityId, requestedAt: new Date() };
  await app.store.runs.insert(run);
  const path = `/runs/${encodeURIComponent(l1Server)}/${encodeURIComponent(MARKUP)}`;
  expect((await page(path)).status).toBe(404);
  const runKey = app.store.runs.keyOf(name);
  await app.store.runs.keepResult(runKey, {
    recipe: MARKUP,
    inputs: [{ name: MARKUP, contentHash: 'source-hash' }],
    outputHash: HASH,
    assetType: 'image',
    provenance: '{}',
    readAt: new Date(),
  });
  await app.store.runs.settle({ runKey }, activityId, new Date());
  const shown = await page(path);
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('said by l1.example');
  expect(shown.text).not.toMatch(/<script>|<img src=x/);
  expect((await page(work())).text).toContain('Provenance lost');
  expect((await page(work())).text).toContain(`href="${path.replaceAll("'", '&#39;')}"`);
});

test('while activities are for servers that sign, pages do not show their text', async () => {
  const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
  const env = { ARTDAG_AUTHORIZED_FETCH: 'on' };
  await using closed = await startTestGateway({ ...servers, env, beside: app });
  const get = (path: string) => closed.call('GET', path, { headers: HTML });
  for (const path of [`/activities/${activityId}`, '/activities']) {
    const refused = await get(path);
    expect(refused.status).toBe(303);
    expect(refused.headers['location']).toBe(`/login?next=${encodeURIComponent(path)}`);
    const { token } = await app.addUser();
    const headers = { ...HTML, cookie: `auth_token=${token}` };
    expect((await closed.call('GET', path, { headers })).status).toBe(200);
  }
  const shown = await get(work());
  expect(shown.status).toBe(200);
  expect(shown.text).not.toContain('exactly as it was signed');
});
