import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startPeer } from '../testing/start-peer.ts';
import { testCertificate } from '../testing/test-certificate.ts';
import { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';
import { limitFetches } from './limit-fetches.ts';

function fetchFrom(hosts: readonly string[], options: Partial<GuardedFetchOptions> = {}) {
  const { fetch, close } = createGuardedFetch({
    userAgent: 'test',
    allowedHosts: hosts,
    ...options,
  });
  return {
    get: (url: string, headers = {}) => fetch({ url, method: 'GET', headers }),
    fetch,
    [Symbol.asyncDispose]: close,
  };
}

/** Answers a look-up with one address after the other. */
function lookupInTurn(...addresses: string[]): LookupFunction {
  let asked = 0;
  return (_, __, callback) => {
    const address = addresses[Math.min(asked, addresses.length - 1)] ?? '';
    asked += 1;
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
}

test('SSRF by DNS rebinding: an answer that turns private is refused at the next connection', async () => {
  await using peer = await startPeer((_, response) => response.end(), { tls: true });
  const lookup = lookupInTurn('2000::1', '127.0.0.1');
  await using guarded = fetchFrom([], { lookup, timeoutMs: 150, ca: testCertificate });
  const url = `https://rebind.example:${peer.port}/`;
  expect(await guarded.get(url)).toMatchObject({
    reason: expect.stringMatching(/timeout|network/),
  });
  // The first attempt is still connecting: the next one has a socket, and a look-up, of its own.
  expect(await guarded.get(url)).toMatchObject({ ok: false, reason: 'blocked-address' });
  expect(peer.connectionCount()).toBe(0);
});

test('SSRF by DNS: one private answer among public ones is enough to refuse', async () => {
  const answers = [
    { address: '8.8.8.8', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  await using guarded = fetchFrom([], { lookup: (_, __, callback) => callback(null, answers) });
  expect(await guarded.get('https://peer.example/')).toMatchObject({ reason: 'blocked-address' });
});

test.each([
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://017700000001/',
  'https://127.1/',
  'https://0/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::127.0.0.1]/',
  'https://169.254.169.254/latest/meta-data/',
])('SSRF by a literal address: %s is refused without a look-up', async (url) => {
  const lookup: LookupFunction = () => expect.fail('asked');
  await using guarded = fetchFrom([], { lookup });
  expect(await guarded.get(url)).toMatchObject({ ok: false, reason: 'blocked-address' });
});

test('SSRF by ::a.b.c.d: an IPv4-compatible address is refused, literal or looked up', async () => {
  await using guarded = fetchFrom([], { lookup: lookupInTurn('::127.0.0.1') });
  expect(await guarded.get('https://[::127.0.0.1]/')).toMatchObject({ reason: 'blocked-address' });
  expect(await guarded.get('https://peer.example/')).toMatchObject({ reason: 'blocked-address' });
});

test('SSRF by localhost names is refused', async () => {
  await using guarded = fetchFrom([]);
  expect(await guarded.get('https://localhost/')).toMatchObject({ reason: 'blocked-address' });
});

test.each([
  ['a data: link', 'data:application/activity+json,{}', 'blocked-scheme'],
  ['http', 'http://peer.example/', 'blocked-scheme'],
  ['a file', 'file:///etc/passwd', 'blocked-scheme'],
  ['ftp', 'ftp://peer.example/', 'blocked-scheme'],
  ['a URL with a password', 'https://user:secret@peer.example/', 'credentials-in-url'],
  ['a relative URL', 'peer.example', 'malformed-url'],
  ['a very long URL', `https://peer.example/${'a'.repeat(5000)}`, 'malformed-url'],
])('%s is refused', async (_, url, reason) => {
  await using guarded = fetchFrom([]);
  expect(await guarded.get(url)).toMatchObject({ ok: false, reason });
});

test.each([
  ['https://127.0.0.1:1/', 'blocked-address'],
  ['https://[::127.0.0.1]/', 'blocked-address'],
  ['http://127.0.0.1:1/', 'blocked-scheme'],
  ['data:application/activity+json,{}', 'blocked-scheme'],
  ['https://a:b@peer.example/', 'credentials-in-url'],
])('SSRF by a redirect hop: %s is refused as %s', async (location, reason) => {
  await using peer = await startPeer((_, response) => {
    response.writeHead(302, { location }).end();
  });
  await using guarded = fetchFrom([peer.host]);
  expect(await guarded.get(`${peer.origin}/`)).toMatchObject({ ok: false, reason });
  expect(peer.requests).toHaveLength(1);
});

test('an allowed host does not allow its other ports', async () => {
  await using peer = await startPeer((_, response) => response.end());
  await using guarded = fetchFrom([`127.0.0.1:${peer.port + 1}`]);
  expect(await guarded.get(`${peer.origin}/`)).toMatchObject({ reason: 'blocked-scheme' });
  expect(peer.requests).toEqual([]);
});

test('follows three redirects and no fourth', async () => {
  await using peer = await startPeer((request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end('there');
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  });
  await using guarded = fetchFrom([peer.host]);
  const answer = await guarded.get(`${peer.origin}/3#fragment`);
  expect(answer).toMatchObject({ ok: true, status: 200, finalUrl: `${peer.origin}/0` });
  expect(answer.ok && String(answer.body)).toBe('there');
  expect(await guarded.get(`${peer.origin}/4`)).toMatchObject({ reason: 'too-many-redirects' });
});

test('does not send a POST on to where it is redirected', async () => {
  await using peer = await startPeer((_, response) => {
    response.writeHead(307, { location: '/other' }).end();
  });
  await using guarded = fetchFrom([peer.host]);
  const request = { url: `${peer.origin}/`, method: 'POST', headers: {} } as const;
  const answer = await guarded.fetch({ ...request, body: Buffer.from('{}') });
  expect(answer).toMatchObject({ ok: false, reason: 'redirect-refused' });
  expect(peer.requests).toHaveLength(1);
});

test('signs each hop on its first origin, and none after a redirect has left it', async () => {
  await using home = await startPeer((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
    else if (request.url === '/b') response.writeHead(302, { location: `${away.origin}/c` }).end();
    else response.end('back');
  });
  await using away = await startPeer((_, response) => {
    response.writeHead(302, { location: `${home.origin}/d` }).end();
  });
  await using guarded = fetchFrom([home.host, away.host]);
  const answer = await guarded.fetch({
    url: `${home.origin}/a`,
    method: 'GET',
    headers: { accept: 'x/y', authorization: 'once', cookie: 'c=1', host: 'evil.example' },
    signHop: (url) => ({ signature: `for ${url.pathname}` }),
  });
  expect(answer).toMatchObject({ ok: true, finalUrl: `${home.origin}/d` });
  const seen = [...home.requests.slice(0, 2), ...away.requests, ...home.requests.slice(2)];
  expect(
    seen.map(({ url, headers }) => [url, headers['signature'], headers.authorization]),
  ).toEqual([
    ['/a', 'for /a', 'once'],
    ['/b', 'for /b', undefined],
    ['/c', undefined, undefined],
    ['/d', undefined, undefined],
  ]);
  const { headers } = home.requests[0] ?? expect.fail('nothing was asked');
  expect(headers).toMatchObject({ host: home.host, accept: 'x/y', 'accept-encoding': 'identity' });
  expect(headers.cookie).toBeUndefined();
});

test('slow-drip response: a byte now and then does not stretch the total time', async () => {
  await using peer = await startPeer((_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drip));
  });
  await using guarded = fetchFrom([peer.host], { timeoutMs: 200 });
  const start = performance.now();
  expect(await guarded.get(`${peer.origin}/`)).toMatchObject({ ok: false, reason: 'timeout' });
  expect(performance.now() - start).toBeLessThan(1000);
});

test.each([
  [
    'headers that drip',
    (write: (text: string) => void) => {
      write('HTTP/1.1 200 OK\r\n');
      return setInterval(() => write('x: y\r\n'), 20);
    },
  ],
  [
    'endless interim answers',
    (write: (text: string) => void) =>
      setInterval(() => write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20),
  ],
  ['no answer', () => setInterval(() => undefined, 1000)],
])('slow-drip response: %s end with the total time', async (_, start) => {
  await using peer = await startPeer((request) => {
    const { socket } = request;
    const timer = start((text) => socket.writable && socket.write(text));
    socket.on('close', () => clearInterval(timer));
  });
  await using guarded = fetchFrom([peer.host], { timeoutMs: 200 });
  expect(await guarded.get(`${peer.origin}/`)).toMatchObject({ ok: false, reason: 'timeout' });
});

test('the total time spans redirects', async () => {
  await using peer = await startPeer((request, response) => {
    const next = Number(request.url?.slice(1)) + 1;
    setTimeout(() => response.writeHead(302, { location: `/${next}` }).end(), 120);
  });
  await using guarded = fetchFrom([peer.host], { timeoutMs: 200 });
  expect(await guarded.get(`${peer.origin}/0`)).toMatchObject({ ok: false, reason: 'timeout' });
  expect(peer.requests).toHaveLength(2);
});

test('a name server that does not answer ends with the total time', async () => {
  await using guarded = fetchFrom([], { timeoutMs: 100, lookup: () => undefined });
  expect(await guarded.get('https://peer.example/')).toMatchObject({ reason: 'timeout' });
});

test.each([
  ['a length that says so', { 'content-length': '2000' }],
  ['chunks', {}],
])('reads no more than the cap: %s', async (_, headers) => {
  await using peer = await startPeer((request, response) => {
    response.writeHead(200, headers);
    response.end('x'.repeat(request.url === '/small' ? 1000 : 2000));
  });
  await using guarded = fetchFrom([peer.host], { maxBytes: 1500 });
  expect(await guarded.get(`${peer.origin}/`)).toMatchObject({ ok: false, reason: 'too-large' });
});

test('refuses an encoded answer, which could be a bomb', async () => {
  await using peer = await startPeer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1e6)));
  });
  await using guarded = fetchFrom([peer.host]);
  expect(await guarded.get(`${peer.origin}/`)).toMatchObject({ ok: false, reason: 'encoded' });
});

test('says "network" of a refused connection and of a certificate that is not trusted', async () => {
  await using peer = await startPeer((_, response) => response.end(), { tls: true });
  await using guarded = fetchFrom([peer.host, '127.0.0.1:1']);
  expect(await guarded.get('http://127.0.0.1:1/')).toMatchObject({ reason: 'network' });
  const answer = await guarded.get(`${peer.origin}/`);
  expect(answer).toMatchObject({
    reason: 'network',
    detail: expect.stringContaining('SELF_SIGNED'),
  });
  expect(peer.requests).toEqual([]);
});

test('speaks TLS by name to an allowed host and keeps the connection', async () => {
  await using peer = await startPeer((_, response) => response.end('hello'), { tls: true });
  const host = `peer.example:${peer.port}`;
  const lookup = lookupInTurn('127.0.0.1');
  await using guarded = fetchFrom([host], { lookup, ca: testCertificate, connectionsPerOrigin: 1 });
  for (let turn = 0; turn < 5; turn += 1) {
    expect(await guarded.get(`https://${host}/`)).toMatchObject({ ok: true, status: 200 });
  }
  expect(peer.connectionCount()).toBe(1);
});

test('opens no more connections to an origin than allowed, and requests wait their turn', async () => {
  let now = 0;
  let most = 0;
  await using peer = await startPeer((_, response) => {
    now += 1;
    most = Math.max(most, now);
    setTimeout(() => {
      now -= 1;
      response.end();
    }, 10);
  });
  await using guarded = fetchFrom([peer.host], { connectionsPerOrigin: 2 });
  const answers = await Promise.all(Array.from({ length: 10 }, () => guarded.get(peer.origin)));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(most).toBe(2);
});

test('a request whose time ended while it waited for its turn is never sent', async () => {
  await using peer = await startPeer((request, response) => {
    setTimeout(() => response.end(), request.url === '/slow' ? 200 : 0);
  });
  await using guarded = fetchFrom([peer.host], { connectionsPerOrigin: 1, timeoutMs: 300 });
  const late = guarded.fetch({
    url: `${peer.origin}/late`,
    method: 'GET',
    headers: {},
    signHop: () => sleep(250, {}),
  });
  await sleep(200);
  const slow = guarded.get(`${peer.origin}/slow`);
  expect(await late).toMatchObject({ ok: false, reason: 'timeout' });
  expect(await slow).toMatchObject({ ok: true });
  expect(await guarded.get(`${peer.origin}/next`)).toMatchObject({ ok: true });
  expect(peer.requests.map(({ url }) => url)).toEqual(['/slow', '/next']);
  expect(peer.connectionCount()).toBe(1);
});

test('one job asks no more often than its limit', async () => {
  await using peer = await startPeer((_, response) => response.end());
  await using guarded = fetchFrom([peer.host]);
  const limited = limitFetches(guarded.fetch, 2);
  const request = { url: `${peer.origin}/`, method: 'GET', headers: {} } as const;
  expect(await limited(request)).toMatchObject({ ok: true });
  expect(await limited(request)).toMatchObject({ ok: true });
  expect(await limited(request)).toMatchObject({ ok: false, reason: 'too-many-fetches' });
  expect(peer.requests).toHaveLength(2);
});
