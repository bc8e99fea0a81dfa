import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signCavage } from './cavage.ts';
import { checkHttpSignature } from './check-http-signature.ts';
import type { OutgoingRequest } from './outgoing-request.ts';
import { readHttpSignature } from './read-http-signature.ts';
import type { HttpHeaders, RequestHead } from './request-head.ts';
import { signRfc9421 } from './rfc9421.ts';
import { isAcceptableKey, verifyHttpSignature } from './verify-http-signature.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');
const now = new Date('2026-01-06T23:01:27Z');
const body = Buffer.from('{"type":"Follow"}');
const contentType = 'application/activity+json';

const signers = { cavage: signCavage, rfc9421: signRfc9421 } as const;
const schemes = ['cavage', 'rfc9421'] as const;
type Scheme = (typeof schemes)[number];

const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

async function send(scheme: Scheme, changes: Partial<OutgoingRequest> = {}): Promise<RequestHead> {
  const request: OutgoingRequest = {
    method: 'POST',
    url: 'https://artdag.example/users/a/inbox',
    body,
    contentType,
    keyId: 'https://peer.example/users/b#main-key',
    keyType: 'rsa',
    time: now,
    ...changes,
  };
  const isRsa = request.keyType === 'rsa';
  const signed = await signers[scheme](request, async (bytes) =>
    sign(isRsa ? 'sha256' : null, bytes, isRsa ? rsa.privateKey : ed25519.privateKey),
  );
  const { pathname, search, host } = new URL(request.url);
  const headers = { host, 'content-type': contentType, ...signed };
  return {
    method: request.method,
    target: pathname + search,
    origin: 'https://artdag.example',
    headers,
  };
}

const withHeaders = (request: RequestHead, headers: HttpHeaders): RequestHead => ({
  ...request,
  headers: { ...request.headers, ...headers },
});

function judge(
  request: RequestHead,
  checks: { now?: Date; body?: Uint8Array | undefined } = {},
  key = rsa.publicKey,
): string {
  const read = readHttpSignature(request);
  if (!read.ok) return [read.reason, read.component].filter(Boolean).join(' ');
  const fault = checkHttpSignature(request, read.signature, { now, body, ...checks });
  if (fault !== undefined) return [fault.reason, fault.component].filter(Boolean).join(' ');
  const verdict = verifyHttpSignature(read.signature, key);
  return verdict.ok ? 'ok' : verdict.reason;
}

describe.each(schemes)('a request signed by %s', (scheme) => {
  it('passes, by RSA and by Ed25519', async () => {
    expect(judge(await send(scheme))).toBe('ok');
    expect(judge(await send(scheme, { keyType: 'ed25519' }), {}, ed25519.publicKey)).toBe('ok');
  });

  it('refuses another body under the signed digest', async () => {
    expect(judge(await send(scheme), { body: Buffer.from('{"type":"Undo"}') })).toBe(
      'digest-mismatch',
    );
  });

  it('refuses a body whose digest was changed with it', async () => {
    const other = await send(scheme, { body: Buffer.from('other') });
    const { digest, 'content-digest': contentDigest } = other.headers;
    const forged = withHeaders(await send(scheme), { digest, 'content-digest': contentDigest });
    expect(judge(forged, { body: Buffer.from('other') })).toBe('signature-mismatch');
  });

  it('refuses another method, target, host or key', async () => {
    const request = await send(scheme);
    expect(judge({ ...request, method: 'PUT' })).toBe('signature-mismatch');
    expect(judge({ ...request, target: '/users/c/inbox' })).toBe('signature-mismatch');
    expect(judge(withHeaders(request, { host: 'other.example' }))).toBe('wrong-host');
    expect(judge(withHeaders(request, { host: 'artdag.example@x' }))).toBe('wrong-host');
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    expect(judge(request, {}, other)).toBe('signature-mismatch');
  });

  it('refuses what was signed for another host', async () => {
    const request = await send(scheme, { url: 'https://other.example/users/a/inbox' });
    expect(judge(request)).toBe('wrong-host');
    const readdressed = withHeaders(request, { host: 'artdag.example' });
    expect(judge(readdressed)).toBe('signature-mismatch');
  });

  it('follows the type of the key and not the message', async () => {
    const request = await send(scheme);
    expect(judge(request, {}, ed25519.publicKey)).toBe('algorithm-mismatch');
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    expect(judge(request, {}, ec)).toBe('key-type');
  });

  it('keeps the window of five minutes, with clocks an hour apart', async () => {
    const request = await send(scheme);
    const at = (seconds: number) => judge(request, { now: later(seconds) });
    expect(at(300 + 3600)).toBe('ok');
    expect(at(300 + 3601)).toBe('expired');
    expect(at(-3600)).toBe('ok');
    expect(at(-3601)).toBe('not-yet-valid');
    expect(at(13 * 3600)).toBe('expired');
    expect(at(-13 * 3600)).toBe('not-yet-valid');
  });
});

describe('a request without a body', () => {
  it.each(schemes)('passes by %s without a digest', async (scheme) => {
    const url = 'https://artdag.example/users/a?x=1';
    const outgoing = { method: 'GET', url, keyId: 'k', keyType: 'rsa', time: now } as const;
    const signed = await signers[scheme](outgoing, async (bytes) =>
      sign('sha256', bytes, rsa.privateKey),
    );
    const headers = { host: 'artdag.example', ...signed };
    const request = {
      method: 'GET',
      target: '/users/a?x=1',
      origin: 'https://artdag.example',
      headers,
    };
    expect(judge(request, { body: undefined })).toBe('ok');
  });
});

/** Signs whatever covers it is told to, as a careless peer would. */
function signBy(scheme: Scheme, request: RequestHead, covers: string): RequestHead {
  const attach = (value: string): HttpHeaders =>
    scheme === 'cavage'
      ? { signature: `keyId="k",${covers},signature="${value}"` }
      : { 'signature-input': `s=${covers};keyid="k"`, signature: `s=:${value}:` };
  const read = readHttpSignature(withHeaders(request, attach('AAAA')));
  const base = read.ok ? (read.signature.bases[0] ?? '') : '';
  return withHeaders(
    request,
    attach(sign('sha256', Buffer.from(base), rsa.privateKey).toString('base64')),
  );
}

describe('what must be covered', () => {
  const created = Math.floor(now.getTime() / 1000);

  it.each([
    ['("@method" "@target-uri" "content-digest");created=NOW', 'ok'],
    ['("@method" "@authority" "@path" "content-digest");created=NOW', 'missing-component @query'],
    ['("@method" "@authority" "@path" "@query" "content-digest");created=NOW', 'ok'],
    ['("@method" "@authority" "@request-target" "content-digest");created=NOW', 'ok'],
    ['("@method" "@target-uri");created=NOW', 'missing-component content-digest'],
    ['("@target-uri" "content-digest");created=NOW', 'missing-component @method'],
    ['("@method" "content-digest");created=NOW', 'missing-component @authority'],
    ['("@method" "@path" "@query" "content-digest");created=NOW', 'missing-component @authority'],
    ['("@method" "@authority" "content-digest");created=NOW', 'missing-component @path'],
    ['("@method" "@target-uri" "content-digest")', 'missing-component created'],
    [
      '("@method" "@target-uri" "content-digest");created=NOW;alg="hmac-sha256"',
      'algorithm-mismatch',
    ],
    ['("@method" "@target-uri" "content-digest");created=NOW;expires=1', 'expired'],
  ])('by RFC 9421, %s: %s', async (covers, expected) => {
    const request = await send('rfc9421', { url: 'https://artdag.example/inbox?x=1' });
    const signed = signBy('rfc9421', request, covers.replaceAll('NOW', String(created)));
    expect(judge(signed)).toBe(expected);
  });

  it.each([
    ['headers="(request-target) host date digest"', 'ok'],
    ['algorithm="hs2019",headers="(request-target) host date digest"', 'ok'],
    ['created=NOW,headers="(request-target) host (created) digest"', 'ok'],
    ['created=1,headers="(request-target) host date (created) digest"', 'expired'],
    ['expires=1,headers="(request-target) host date (expires) digest"', 'expired'],
    ['headers="(request-target) host digest"', 'missing-component date'],
    ['created=NOW,headers="(request-target) host digest"', 'missing-component date'],
    ['headers="(request-target) host date"', 'missing-component digest'],
    ['headers="(request-target) date digest"', 'missing-component host'],
    ['headers="host date digest"', 'missing-component (request-target)'],
    ['algorithm="hmac-sha256",headers="(request-target) host date digest"', 'algorithm-mismatch'],
    ['algorithm="rsa-sha512",headers="(request-target) host date digest"', 'algorithm-mismatch'],
  ])('by cavage, %s: %s', async (covers, expected) => {
    const request = await send('cavage', { url: 'https://artdag.example/inbox?x=1' });
    const signed = signBy('cavage', request, covers.replaceAll('NOW', String(created)));
    expect(judge(signed)).toBe(expected);
  });
});

describe('isAcceptableKey', () => {
  it('takes Ed25519 and RSA of a sound size', () => {
    expect(isAcceptableKey(ed25519.publicKey)).toBe(true);
    expect(isAcceptableKey(rsa.publicKey)).toBe(true);
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    expect(isAcceptableKey(weak)).toBe(false);
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    expect(isAcceptableKey(ec)).toBe(false);
  });
});
