import { expect, test } from 'vitest';
import { startPeer } from '../testing/start-peer.ts';
import { createGuardedFetch } from './guarded-fetch.ts';

const body = Buffer.from('{"type":"Create"}');
const headers = { 'Content-Type': 'application/activity+json', Signature: 's' };

function guardedFor(host: string, timeoutMs = 1000) {
  const now = () => new Date('2026-01-06T23:00:00Z');
  return createGuardedFetch({
    userAgent: 'test',
    allowedHosts: [host],
    timeoutMs,
    now,
    connectionsPerOrigin: 1,
  });
}

test('delivers the very bytes and reads the status', async () => {
  let received = '';
  await using peer = await startPeer(async (request, response) => {
    for await (const chunk of request) received += chunk;
    response.writeHead(202).end('accepted');
  });
  await using guarded = guardedFor(peer.host);
  const answer = await guarded.post({ url: `${peer.origin}/inbox?a=1`, headers, body });
  expect(answer).toEqual({ ok: true, status: 202 });
  expect(received).toBe(String(body));
  expect(peer.requests[0]).toMatchObject({ method: 'POST', url: '/inbox?a=1' });
  expect(peer.requests[0]?.headers).toMatchObject({
    'content-type': 'application/activity+json',
    'content-length': String(body.length),
    'user-agent': 'test',
    signature: 's',
  });
});

test('keeps the connection for the next delivery', async () => {
  await using peer = await startPeer((request, response) => {
    request.resume().on('end', () => response.writeHead(202).end('x'.repeat(1000)));
  });
  await using guarded = guardedFor(peer.host);
  for (let turn = 0; turn < 10; turn += 1) {
    expect(await guarded.post({ url: peer.origin, headers, body })).toMatchObject({ status: 202 });
  }
  expect(peer.connectionCount()).toBe(1);
});

test.each([
  [429, '30', 30],
  [503, 'Tue, 06 Jan 2026 23:00:10 GMT', 10],
  [503, 'later', undefined],
])('%i with Retry-After %j asks to wait %j s', async (status, asked, retryAfter) => {
  await using peer = await startPeer((_, response) => {
    response.writeHead(status, { 'retry-after': asked }).end();
  });
  await using guarded = guardedFor(peer.host);
  const answer = await guarded.post({ url: peer.origin, headers, body });
  expect(answer).toEqual({ ok: true, status, ...(retryAfter === undefined ? {} : { retryAfter }) });
});

test('a redirect is an answer and is not followed', async () => {
  await using peer = await startPeer((_, response) => {
    response.writeHead(307, { location: 'https://127.0.0.1/' }).end();
  });
  await using guarded = guardedFor(peer.host);
  const answer = await guarded.post({ url: peer.origin, headers, body });
  expect(answer).toEqual({ ok: true, status: 307 });
  expect(peer.requests).toHaveLength(1);
});

test('an endless body after the status does not change the answer and is cut', async () => {
  let closed = false;
  await using peer = await startPeer((_, response) => {
    response.writeHead(202);
    const flood = setInterval(() => response.write('x'.repeat(16_384)), 5);
    response.on('close', () => {
      closed = true;
      clearInterval(flood);
    });
  });
  await using guarded = guardedFor(peer.host);
  expect(await guarded.post({ url: peer.origin, headers, body })).toEqual({
    ok: true,
    status: 202,
  });
  await expect.poll(() => closed).toBe(true);
});

test('a private inbox is refused', async () => {
  await using guarded = guardedFor('127.0.0.1:1');
  const answer = await guarded.post({ url: 'https://10.0.0.1/inbox', headers, body });
  expect(answer).toMatchObject({ ok: false, reason: 'blocked-address' });
});

test('a host that reads and never answers ends with the total time', async () => {
  await using peer = await startPeer(() => undefined);
  await using guarded = guardedFor(peer.host, 100);
  const answer = await guarded.post({ url: peer.origin, headers, body });
  expect(answer).toMatchObject({ ok: false, reason: 'timeout' });
});
