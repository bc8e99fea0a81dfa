import type { LookupFunction } from 'node:net';
import { expect, test } from 'vitest';
import { fetchFrom, lookupInTurn } from '../testing/fetch-from.ts';
import { startPeer } from '../testing/start-peer.ts';
import { testCertificate } from '../testing/test-certificate.ts';

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
