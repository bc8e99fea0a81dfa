import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readVectors } from '../testing/read-vectors.ts';
import type { HttpSignature } from './http-signature.ts';
import { readHttpSignature } from './read-http-signature.ts';
import type { RequestHead } from './request-head.ts';
import { signRfc9421 } from './rfc9421.ts';
import { verifyHttpSignature } from './verify-http-signature.ts';

interface Rfc9421Vector {
  readonly section: string;
  readonly algorithm: string;
  readonly key: string;
  readonly request: RequestHead;
  readonly signatureInput: string;
  readonly signature: string;
  readonly base: string;
}

interface Rfc9421Vectors {
  readonly keys: Record<string, string>;
  readonly ed25519PrivateKeyTestOnly: string;
  readonly sharedSecretTestOnly: string;
  readonly vectors: readonly Rfc9421Vector[];
}

// https://www.rfc-editor.org/rfc/rfc9421#appendix-B
const file: Rfc9421Vectors = JSON.parse(readVectors('rfc9421.json'));
const ed25519Key = createPrivateKey(file.ed25519PrivateKeyTestOnly);
const publicKeyOf = (name: string) => createPublicKey(file.keys[name] ?? '');
const ofAlgorithm = (name: string) => file.vectors.filter(({ algorithm }) => algorithm === name);

function vectorOf(section: string): Rfc9421Vector {
  const vector = file.vectors.find((candidate) => candidate.section === section);
  if (vector === undefined) throw new Error(`no vector ${section}`);
  return vector;
}

const withFields = (request: RequestHead, input: string, signature: string): RequestHead => ({
  ...request,
  headers: { ...request.headers, 'signature-input': input, signature },
});

const read = ({ request, signatureInput, signature }: Rfc9421Vector) =>
  readHttpSignature(withFields(request, signatureInput, signature));

function signatureOf(vector: Rfc9421Vector): HttpSignature {
  const found = read(vector);
  if (!found.ok) throw new Error(found.reason);
  return found.signature;
}

const baseOf = (vector: Rfc9421Vector) => Buffer.from(signatureOf(vector).bases[0] ?? '');

describe('the vectors of RFC 9421', () => {
  it.each(file.vectors)('$section: builds the signature base', (vector) => {
    expect(signatureOf(vector).bases).toEqual([vector.base]);
    expect(signatureOf(vector).keyId).toBe(vector.key);
  });

  it.each([...ofAlgorithm('ed25519'), ...ofAlgorithm('rsa-v1_5-sha256')])(
    '$section: verifies',
    (vector) => {
      expect(verifyHttpSignature(signatureOf(vector), publicKeyOf(vector.key))).toEqual({
        ok: true,
      });
    },
  );

  it.each(ofAlgorithm('rsa-pss-sha512'))('$section: is what RSA-PSS signed', (vector) => {
    const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 };
    const key = { key: publicKeyOf(vector.key), ...padding };
    expect(verify('sha512', baseOf(vector), key, signatureOf(vector).value)).toBe(true);
    const verdict = verifyHttpSignature(signatureOf(vector), key.key);
    expect(verdict).toEqual({ ok: false, reason: 'signature-mismatch' });
  });

  it('B.2.5: is what HMAC signed', () => {
    const secret = Buffer.from(file.sharedSecretTestOnly, 'base64');
    const mac = createHmac('sha256', secret)
      .update(baseOf(vectorOf('B.2.5')))
      .digest();
    expect(mac).toEqual(signatureOf(vectorOf('B.2.5')).value);
  });

  it('B.2.6: gives the same signature', () => {
    const vector = vectorOf('B.2.6');
    expect(sign(null, baseOf(vector), ed25519Key)).toEqual(signatureOf(vector).value);
  });

  it('B.3: is what ECDSA signed, and refused for its key', () => {
    const vector = vectorOf('B.3');
    const key = publicKeyOf(vector.key);
    const encoded = { key, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', baseOf(vector), encoded, signatureOf(vector).value)).toBe(true);
    expect(verifyHttpSignature(signatureOf(vector), key)).toEqual({
      ok: false,
      reason: 'key-type',
    });
  });

  it.each([
    ['joined fields', { headers: { host: 'example.org', accept: 'application/json, */*' } }, 'ok'],
    ['another query', { target: '/demo?name1=Value1' }, 'ok'],
    ['added fields', { headers: { accept: ['application/json', '*/*'], via: '1.1 x' } }, 'ok'],
    ['another method', { method: 'POST' }, 'signature-mismatch'],
    ['another authority', { origin: 'https://example.com' }, 'signature-mismatch'],
    [
      'fields in another order',
      { headers: { accept: ['*/*', 'application/json'] } },
      'signature-mismatch',
    ],
  ])('B.4: with %s', (_, change, expected) => {
    const vector = vectorOf('B.4');
    const changed = { ...vector, request: { ...vector.request, ...change } };
    const verdict = verifyHttpSignature(signatureOf(changed), publicKeyOf(vector.key));
    expect(verdict.ok ? 'ok' : verdict.reason).toBe(expected);
  });

  it.each([
    ['B.2.2', '("@authority" "content-digest" "@query-param";name="Pet")', '@query-param'],
    ['B.2.4', '("@status" "content-type" "content-digest" "content-length")', '@status'],
  ])('%s: is refused for a component that is not supported', (_, components, component) => {
    const input = `sig=${components};created=1618884473;keyid="k"`;
    const request = withFields(vectorOf('B.2.6').request, input, 'sig=:AA==:');
    expect(readHttpSignature(request)).toEqual({
      ok: false,
      reason: 'unsupported-component',
      component,
    });
  });
});

describe('readRfc9421Signature', () => {
  const { request } = vectorOf('B.2.6');
  const readFields = (input: string, signature = 's=:AAAA:') =>
    readHttpSignature(withFields(request, input, signature));

  it.each([
    ['no dictionary', 's=('],
    ['no inner list', 's=1'],
    ['a flag', 's'],
    ['another label', 'other=("@method");keyid="k"'],
    ['a component that is no string', 's=(method);keyid="k"'],
    ['a component named twice', 's=("@method" "@method");keyid="k"'],
    ['a label named twice', 's=("@method");keyid="k",s=("@path");keyid="k"'],
    ['a parameter named twice', 's=("@method");keyid="k";keyid="l"'],
    ['an upper-case field', 's=("Date");keyid="k"'],
    ['a key id that is no string', 's=("@method");keyid=k'],
    ['a time that is no integer', 's=("@method");keyid="k";created="1"'],
    ['a time with a fraction', 's=("@method");keyid="k";created=1.5'],
    ['a trailing comma', 's=("@method");keyid="k",'],
    ['items without a space', 's=("@method""@path");keyid="k"'],
    ['five signatures', 'a=(),b=(),c=(),d=(),e=()'],
    ['a key id outside ASCII', 's=("@method");keyid="é"'],
  ])('refuses %s', (_, input) => {
    expect(readFields(input)).toEqual({ ok: false, reason: 'signature-malformed' });
  });

  it.each(['s=1', 's', 's=()', 's=:A:', 's=:AB==:x', 's="AAAA"', 'x=:AAAA:'])(
    'refuses the signature %s',
    (signature) => {
      const read = readFields('s=("@method");keyid="k"', signature);
      expect(read).toEqual({ ok: false, reason: 'signature-malformed' });
    },
  );

  it.each(['sf', 'bs', 'req', 'tr', 'key="a"'])(
    'refuses the component parameter %s',
    (parameter) => {
      const read = readFields(`s=("content-digest";${parameter});keyid="k"`);
      expect(read).toMatchObject({ reason: 'unsupported-component', component: 'content-digest' });
    },
  );

  it('names what is missing', () => {
    const missing = (component: string) => ({ ok: false, reason: 'missing-component', component });
    expect(readFields('s=("x-absent");keyid="k"')).toEqual(missing('x-absent'));
    expect(readFields('s=("constructor");keyid="k"')).toEqual(missing('constructor'));
    expect(readFields('s=("@method")')).toEqual(missing('keyid'));
  });

  it('refuses a header value that would forge a line', () => {
    const headers = { 'x-a': '1\n"@method": DELETE' };
    const forged = withFields({ ...request, headers }, 's=("x-a");keyid="k"', 's=:AAAA:');
    expect(readHttpSignature(forged)).toMatchObject({ reason: 'missing-component' });
  });

  it('writes the parameters in canonical form, whatever the spaces', () => {
    const read = readFields(
      's=(  "@method"  "@path" ); keyid="k";created=007;x;y=?1;z=?0;t=*a/b;b=:AAAA:',
    );
    const base = read.ok && read.signature.bases[0];
    expect(base).toBe(
      '"@method": POST\n"@path": /foo\n"@signature-params": ("@method" "@path");keyid="k";created=7;x;y;z=?0;t=*a/b;b=:AAAA:',
    );
  });

  it('prefers, of several, the one that covers the method', () => {
    const input = 'a=("@authority");keyid="proxy", b=("@method");keyid="sender"';
    const read = readFields(input, 'a=:AAAA:, b=:AAAA:');
    expect(read).toMatchObject({ ok: true, signature: { keyId: 'sender' } });
  });
});

describe('signRfc9421', () => {
  const time = new Date('2026-01-06T23:01:27.900Z');
  const outgoing = {
    method: 'POST',
    url: 'https://peer.example/inbox?a=1',
    keyId: 'https://artdag.example/users/a#main-key',
    keyType: 'ed25519',
    time,
  } as const;
  const signEd25519 = async (bytes: Uint8Array) => sign(null, bytes, ed25519Key);

  it('covers method, target, digest and type of a request with a body', async () => {
    const body = Buffer.from('{}');
    const headers = await signRfc9421(
      { ...outgoing, body, contentType: 'application/activity+json' },
      signEd25519,
    );
    expect(headers['signature-input']).toBe(
      'sig1=("@method" "@target-uri" "content-digest" "content-type");created=1767740487;keyid="https://artdag.example/users/a#main-key";alg="ed25519"',
    );
    const sent = { 'content-type': 'application/activity+json', ...headers };
    const read = readHttpSignature({
      method: 'POST',
      target: '/inbox?a=1',
      origin: 'https://peer.example',
      headers: sent,
    });
    expect(read.ok && verifyHttpSignature(read.signature, publicKeyOf('test-key-ed25519'))).toEqual(
      { ok: true },
    );
  });

  it('covers method and target of a request without a body', async () => {
    const headers = await signRfc9421({ ...outgoing, method: 'GET', keyType: 'rsa' }, signEd25519);
    expect(headers['signature-input']).toMatch(
      /^sig1=\("@method" "@target-uri"\);.*;alg="rsa-v1_5-sha256"$/,
    );
    expect(headers).not.toHaveProperty('content-digest');
  });

  it('covers more header fields, and leaves it to the caller to send them', async () => {
    const request = { ...outgoing, headers: { 'x-more': 'a' } };
    const headers = await signRfc9421(request, signEd25519);
    expect(headers['signature-input']).toMatch(/^sig1=\("@method" "@target-uri" "x-more"\);/);
    expect(headers).not.toHaveProperty('x-more');
  });

  it('refuses a key id that could break out of its quotes', async () => {
    const signing = signRfc9421({ ...outgoing, keyId: 'k";alg="none' }, signEd25519);
    await expect(signing).rejects.toMatchObject({ code: 'validation-failed' });
  });
});
