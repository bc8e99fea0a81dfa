import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fetchFrom, lookupInTurn } from '../testing/fetch-from.ts';
import { startPeer } from '../testing/start-peer.ts';
import { testCertificate } from '../testing/test-certificate.ts';
import { limitFetches } from './limit-fetches.ts';

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
  expect(peer.requests.length).toBeLessThan(3);
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
