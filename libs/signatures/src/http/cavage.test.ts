import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readVectors } from '../testing/read-vectors.ts';
import { signCavage } from './cavage.ts';
import { readHttpSignature } from './read-http-signature.ts';
import type { RequestHead } from './request-head.ts';
import { verifyHttpSignature } from './verify-http-signature.ts';

interface CavageVectors {
  readonly publicKey: string;
  readonly privateKeyTestOnly: string;
  readonly body: string;
  readonly request: RequestHead;
  readonly vectors: readonly { section: string; signature: string; base: string }[];
}

// https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12#appendix-C
const file: CavageVectors = JSON.parse(readVectors('cavage.json'));
const publicKey = createPublicKey(file.publicKey);
const privateKey = createPrivateKey(file.privateKeyTestOnly);
const signRsa = async (bytes: Uint8Array) => sign('sha256', bytes, privateKey);

const read = (signature: string, request: RequestHead = file.request) =>
  readHttpSignature({ ...request, headers: { ...request.headers, signature } });

describe('the vectors of draft-cavage-12', () => {
  it.each(file.vectors)('$section: builds the signing string', ({ signature, base }) => {
    const found = read(signature);
    expect(found.ok && found.signature.bases[0]).toBe(base);
    expect(found).toMatchObject({
      ok: true,
      signature: { keyId: 'Test', algorithm: 'rsa-sha256' },
    });
  });

  it.each(file.vectors)('$section: verifies, and fails when tampered with', ({ signature }) => {
    const verdict = (request: RequestHead) => {
      const found = read(signature, request);
      return found.ok && verifyHttpSignature(found.signature, publicKey);
    };
    expect(verdict(file.request)).toEqual({ ok: true });
    const headers = { ...file.request.headers, date: 'Sun, 05 Jan 2014 21:31:41 GMT' };
    const mismatch = { ok: false, reason: 'signature-mismatch' };
    expect(verdict({ ...file.request, headers })).toEqual(mismatch);
  });
});

describe('readCavageSignature', () => {
  const value = 'signature="AAAA"';

  it.each([
    ['no key id', value],
    ['no signature', 'keyId="k"'],
    ['an empty signature', 'keyId="k",signature=""'],
    ['a signature that is no base64', 'keyId="k",signature="A A"'],
    ['a parameter twice', `keyId="k",keyId="l",${value}`],
    ['an open quote', 'keyId="k,signature="AAAA"'],
    ['garbage', 'garbage'],
    ['a header twice', `keyId="k",headers="date date",${value}`],
    ['an empty header name', `keyId="k",headers="",${value}`],
    ['an unknown pseudo-header', `keyId="k",headers="(status)",${value}`],
    ['a time that is no number', `keyId="k",headers="(created)",created="soon",${value}`],
    ['an end that is no number', `keyId="k",headers="date",expires="soon",${value}`],
  ])('refuses %s', (_, signature) => {
    expect(read(signature)).toEqual({ ok: false, reason: 'signature-malformed' });
  });

  it.each(['yesterday', '2014-01-05T21:31:40Z', 'Sun, 5 Jan 2014 21:31:40 GMT'])(
    'refuses the date %s',
    (date) => {
      const request = { ...file.request, headers: { date } };
      const found = read(`keyId="k",headers="date",${value}`, request);
      expect(found).toEqual({ ok: false, reason: 'signature-malformed' });
    },
  );

  it('names what is missing', () => {
    const missing = (component: string) => ({ ok: false, reason: 'missing-component', component });
    expect(read(`keyId="k",headers="x-absent",${value}`)).toEqual(missing('x-absent'));
    expect(read(`keyId="k",headers="(created)",${value}`)).toEqual(missing('(created)'));
    expect(readHttpSignature(file.request)).toEqual({ ok: false, reason: 'signature-missing' });
  });

  it('reads times, quoted or not, and header names of any case', () => {
    const found = read(
      `keyId="k",algorithm="hs2019",created=1402170695,expires="1402170699",headers="(request-target) (created) (expires) Host",${value}`,
    );
    expect(found).toMatchObject({
      ok: true,
      signature: { createdTimes: [1402170695], expires: 1402170699 },
    });
    expect(found.ok && found.signature.bases[0]).toBe(
      '(request-target): post /foo?param=value&pet=dog\n(created): 1402170695\n(expires): 1402170699\nhost: example.com',
    );
  });

  it('takes a signature over the path without the query', async () => {
    const url = 'https://example.com/foo';
    const time = new Date('2026-01-06T23:01:27Z');
    const outgoing = { method: 'POST', url, keyId: 'k', keyType: 'rsa', time } as const;
    const { signature, ...headers } = await signCavage(outgoing, signRsa);
    const found = read(signature, { ...file.request, headers: { ...headers } });
    expect(found.ok && verifyHttpSignature(found.signature, publicKey)).toEqual({ ok: true });
    const elsewhere = read(signature, { ...file.request, target: '/bar', headers: { ...headers } });
    expect(elsewhere.ok && verifyHttpSignature(elsewhere.signature, publicKey)).toMatchObject({
      ok: false,
    });
  });

  it.each(['', '*', 'https://example.com/', '/a b', '/a\nb'])('refuses the target %j', (target) => {
    const found = read(`keyId="k",headers="date",${value}`, { ...file.request, target });
    expect(found).toEqual({ ok: false, reason: 'signature-malformed' });
  });
});

describe('signCavage', () => {
  it('covers target, host, date, digest and type, and gives the headers to send', async () => {
    const outgoing = {
      method: 'POST',
      url: 'https://Example.com:443/foo?param=value&pet=dog',
      body: Buffer.from(file.body),
      contentType: 'application/json',
      keyId: 'Test',
      keyType: 'rsa',
      time: new Date('2014-01-05T21:31:40Z'),
    } as const;
    const { signature, ...headers } = await signCavage(outgoing, signRsa);
    const { 'content-length': _, 'content-type': __, ...expected } = file.request.headers;
    expect(headers).toEqual(expected);
    expect(signature).toMatch(
      /^keyId="Test",algorithm="rsa-sha256",headers="\(request-target\) host date digest content-type",signature="/,
    );
    const found = read(signature);
    expect(found.ok && verifyHttpSignature(found.signature, publicKey)).toEqual({ ok: true });
  });

  it('covers more header fields, and leaves it to the caller to send them', async () => {
    const headers = await signCavage(
      {
        method: 'GET',
        url: 'https://example.com/foo',
        headers: { 'x-more': 'a' },
        keyId: 'Test',
        keyType: 'rsa',
        time: new Date('2014-01-05T21:31:40Z'),
      },
      signRsa,
    );
    expect(headers.signature).toContain('headers="(request-target) host date x-more"');
    expect(headers).not.toHaveProperty('x-more');
  });
});
