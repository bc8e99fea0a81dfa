import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { PUBLIC_URL, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

let app: TestGateway;
beforeAll(async () => {
  const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
  app = await startTestGateway(servers);
});
afterAll(() => app[Symbol.asyncDispose]());

const problemOf = (status: number, code: string) => ({
  type: `/problems/${code}`,
  title: expect.any(String),
  status,
  detail: expect.any(String),
  instance: expect.any(String),
  code,
});

describe('an outbox of 60 activities', () => {
  const texts = new Map<string, string>();
  beforeAll(async () => {
    const { username } = await app.addUser('writer');
    for (let n = 0; n < 60; n += 1) {
      const activityId = `a-${String(n).padStart(2, '0')}`;
      const body = `{"id":"${PUBLIC_URL}/activities/${activityId}", "n":${n}.0,"k":"→"}`;
      texts.set(activityId, body);
      await app.store.activities.insertSigned({
        activityId,
        type: 'Create',
        actor: username,
        publishedAt: new Date(Date.UTC(2026, 0, 6, 23, Math.floor(n / 3))),
        objectIri: `${PUBLIC_URL}/objects/x`,
        contentHash: 'x',
        audience: { kind: 'followers' },
        isPublic: true,
        text: body,
        signedAt: new Date(),
        verified: 'package',
      });
    }
  });

  test('is read in pages, newest first, each document as it was signed', async () => {
    const head = await app.call('GET', '/users/writer/outbox');
    expect(head.headers['content-type']).toMatch(/^application\/activity\+json/);
    expect(head.json()).toMatchObject({
      type: 'OrderedCollection',
      id: `${PUBLIC_URL}/users/writer/outbox`,
      totalItems: 60,
      first: `${PUBLIC_URL}/users/writer/outbox?page=first`,
    });
    const seen: string[] = [];
    const pages: string[] = [];
    let next: string | undefined = '/users/writer/outbox?page=first';
    while (next !== undefined) {
      const answer = await app.call('GET', next);
      const page = answer.json() as { orderedItems: { id: string }[]; next?: string };
      expect(page).toMatchObject({ type: 'OrderedCollectionPage', totalItems: 60 });
      seen.push(...page.orderedItems.map(({ id }) => id.split('/').at(-1) ?? ''));
      pages.push(answer.text);
      next = page.next?.slice(PUBLIC_URL.length);
    }
    expect(pages).toHaveLength(3);
    expect(seen).toEqual([...texts.keys()].reverse());
    for (const body of texts.values()) expect(pages.join()).toContain(body);
  });

  test('a page that was never given out is 422', async () => {
    const answer = await app.call('GET', '/users/writer/outbox?page=2');
    expect(answer.json()).toMatchObject(problemOf(422, 'validation-failed'));
  });

  test('an activity is served byte by byte, under the type that is asked for', async () => {
    const plain = await app.call('GET', '/activities/a-07');
    expect(plain.text).toBe(texts.get('a-07'));
    const ld = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';
    const asked = await app.call('GET', '/activities/a-07', { headers: { accept: ld } });
    expect(asked.headers['content-type']).toMatch(/^application\/ld\+json; profile=/);
    expect(asked.text).toBe(texts.get('a-07'));
  });
});

test('the first user has an actor from the start', async () => {
  const answer = await app.call('GET', '/users/giles');
  expect(answer.json()).toMatchObject({
    type: 'Person',
    id: `${PUBLIC_URL}/users/giles`,
    preferredUsername: 'giles',
    publicKey: { id: `${PUBLIC_URL}/users/giles#main-key` },
  });
});

test.each(['followers', 'following'])('%s is a collection', async (name) => {
  expect((await app.call('GET', `/users/giles/${name}`)).json()).toMatchObject({
    type: 'OrderedCollection',
    id: `${PUBLIC_URL}/users/giles/${name}`,
    totalItems: 0,
  });
});

describe('WebFinger', () => {
  const find = (resource: string) =>
    app.call('GET', `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`);

  test.each(['acct:giles@art.example', `${PUBLIC_URL}/users/giles`])('finds %s', async (name) => {
    const answer = await find(name);
    expect(answer.headers['content-type']).toMatch(/^application\/jrd\+json/);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.json()).toMatchObject({
      subject: 'acct:giles@art.example',
      links: expect.arrayContaining([
        { rel: 'self', type: 'application/activity+json', href: `${PUBLIC_URL}/users/giles` },
      ]),
    });
  });

  test.each([
    ['nobody', 'acct:nobody@art.example', 404, 'not-found'],
    ['a user of another domain', 'acct:giles@other.example', 404, 'not-found'],
    ['nothing', '', 400, 'malformed-request'],
    ['a bare name', 'giles', 400, 'malformed-request'],
    ['3,000 characters', 'x'.repeat(3000), 400, 'malformed-request'],
  ])('%s is refused', async (_, resource, status, code) => {
    expect((await find(resource)).json()).toMatchObject(problemOf(status, code));
  });

  test.each(['', '?resource=acct:giles@art.example&resource=b'])(
    'a request %j without one resource is 400',
    async (query) => {
      const answer = await app.call('GET', `/.well-known/webfinger${query}`);
      expect(answer.json()).toMatchObject(problemOf(400, 'malformed-request'));
    },
  );
});

test('NodeInfo and host-meta say where to go on', async () => {
  const links = (await app.call('GET', '/.well-known/nodeinfo')).json();
  expect(links).toMatchObject({ links: [{ href: `${PUBLIC_URL}/nodeinfo/2.1` }] });
  const nodeinfo = await app.call('GET', '/nodeinfo/2.1');
  expect(nodeinfo.json()).toMatchObject({
    version: '2.1',
    software: { name: 'artdag-l2' },
    protocols: ['activitypub'],
    openRegistrations: true,
  });
  const hostMeta = await app.call('GET', '/.well-known/host-meta');
  expect(hostMeta.headers['content-type']).toMatch(/^application\/xrd\+xml/);
  expect(hostMeta.text).toContain(`${PUBLIC_URL}/.well-known/webfinger?resource={uri}`);
});

test('the home page is JSON for programs and HTML for people', async () => {
  const json = await app.call('GET', '/');
  expect(json.json()).toEqual({
    name: 'Art DAG L2',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    domain: 'art.example',
    user: 'giles',
    assets_count: expect.any(Number),
    activities_count: expect.any(Number),
    users_count: expect.any(Number),
    l1_servers: ['http://localhost:8100'],
  });
  const html = await app.call('GET', '/', { headers: { accept: 'text/html,*/*;q=0.8' } });
  expect(html.headers['content-type']).toMatch(/^text\/html/);
  expect(html.headers['content-security-policy']).toContain("default-src 'self'");
  expect(html.text).toContain('art.example');
});

test('the document of the interface is OpenAPI 3.1, and its page loads', async () => {
  const { openapi, paths } = (await app.call('GET', '/openapi.json')).json() as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
  };
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/registry', '/registry/{name}', '/auth/login', '/users/{username}']),
  );
  expect(Object.keys(paths['/registry'] ?? {}).sort()).toEqual(['get', 'post']);
  const page = await app.call('GET', '/docs/');
  expect(page.status).toBe(200);
  expect(page.headers['content-type']).toMatch(/^text\/html/);
});

test('health answers without telling what is inside', async () => {
  expect((await app.call('GET', '/health/live')).json()).toEqual({ live: true });
  // Nobody federates here: that is named, and requests are taken in all the same.
  expect((await app.call('GET', '/health/ready')).json()).toEqual({
    ready: true,
    checks: [
      { name: 'mongodb', ok: true },
      { name: 'queue-workers', ok: false },
      { name: 'clock', ok: true },
      { name: 'relay', ok: true },
    ],
  });
});

describe('a problem', () => {
  test.each([
    ['GET', '/nothing/here', 404, 'not-found'],
    ['GET', '/registry/nothing', 404, 'not-found'],
    ['GET', '/activities/nothing', 404, 'not-found'],
    ['GET', '/users/nobody', 404, 'not-found'],
    ['GET', '/users/nobody/outbox', 404, 'not-found'],
    ['GET', '/registry/%00', 404, 'not-found'],
    ['GET', '/registry/100%', 400, 'malformed-request'],
    ['GET', '/registry/%FF', 400, 'malformed-request'],
    ['GET', '/objects/%7B%22$gt%22:%22%22%7D', 422, 'validation-failed'],
    ['PUT', '/registry', 405, 'method-not-allowed'],
    ['GET', '/auth/login', 405, 'method-not-allowed'],
    ['POST', '/registry', 401, 'unauthenticated'],
  ])('%s %s is %i', async (method, path, status, code) => {
    const answer = await app.call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject(problemOf(status, code));
  });

  test('405 names what is allowed', async () => {
    expect((await app.call('PATCH', '/registry')).headers['allow']).toBe('GET, HEAD, POST');
  });

  test.each([
    ['what is no HTTP', 'hello\r\n\r\n', 400, 'malformed-request'],
    [
      'too many headers',
      `GET / HTTP/1.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
  ])('answers %s too', async (_, bytes, status, code) => {
    const { hostname, port } = new URL(app.gateway.address);
    const socket = connect(Number(port), hostname);
    socket.write(bytes);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('application/problem+json');
    expect(JSON.parse(body)).toEqual(problemOf(status, code));
  });
});
