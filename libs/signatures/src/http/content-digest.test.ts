import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  buildContentDigest,
  buildDigest,
  verifyContentDigest,
  verifyDigest,
} from './content-digest.ts';

const body = Buffer.from('{"hello": "world"}');
const sha512 = createHash('sha512').update(body).digest('base64');

describe('buildContentDigest and buildDigest', () => {
  it('give the digest of RFC 9530, appendix B.1, and of draft-cavage, appendix C', () => {
    const withNewline = Buffer.from('{"hello": "world"}\n');
    expect(buildContentDigest(withNewline)).toBe(
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    );
    expect(buildDigest(body)).toBe('SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=');
  });
});

describe('verifyContentDigest', () => {
  it.each([
    [buildContentDigest(body), 'ok'],
    [`sha-512=:${sha512}:`, 'ok'],
    [`md5=:AAAA:, ${buildContentDigest(body)}`, 'ok'],
    [`${buildContentDigest(body)}, sha-512=:AAAA:`, 'digest-mismatch'],
    ['sha-256=:AAAA:', 'digest-mismatch'],
    ['md5=:AAAA:', 'digest-unsupported'],
    ['', 'digest-unsupported'],
    ['sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=', 'digest-malformed'],
    ['sha-256="x"', 'digest-malformed'],
    ['sha-256', 'digest-malformed'],
    ['sha-256=(:AAAA:)', 'digest-malformed'],
  ])('judges %s: %s', (field, verdict) => expect(verifyContentDigest(field, body)).toBe(verdict));
});

describe('verifyDigest', () => {
  it.each([
    [buildDigest(body), 'ok'],
    [buildDigest(body).replace('SHA', 'sha'), 'ok'],
    [`SHA-512=${sha512}`, 'ok'],
    [`MD5=x-y, ${buildDigest(body)}`, 'ok'],
    [`${buildDigest(body)},SHA-512=AAAA`, 'digest-mismatch'],
    ['SHA-256=AAAA', 'digest-mismatch'],
    ['MD5=AAAA', 'digest-unsupported'],
    ['SHA-256=not base64', 'digest-malformed'],
    ['SHA-256=!!!', 'digest-malformed'],
    ['SHA-256', 'digest-malformed'],
    ['', 'digest-malformed'],
  ])('judges %s: %s', (field, verdict) => expect(verifyDigest(field, body)).toBe(verdict));
});
