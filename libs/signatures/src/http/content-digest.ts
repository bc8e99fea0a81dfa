import { createHash, timingSafeEqual } from 'node:crypto';
import { decodeStrictBase64 } from '../strict-base64.ts';
import { parseDictionary } from './structured-field.ts';

/** What a digest field says of a body. */
export type DigestVerdict = 'ok' | 'digest-malformed' | 'digest-unsupported' | 'digest-mismatch';

const hashNames = new Map([
  ['sha-256', 'sha256'],
  ['sha-512', 'sha512'],
]);

/**
 * The `Content-Digest` of a body, by SHA-256.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9530#section-2
 */
export function buildContentDigest(body: Uint8Array): string {
  return `sha-256=:${hashBody('sha256', body).toString('base64')}:`;
}

/**
 * The older `Digest` of a body, by SHA-256.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3230#section-4.3.2
 */
export function buildDigest(body: Uint8Array): string {
  return `SHA-256=${hashBody('sha256', body).toString('base64')}`;
}

/**
 * Compares a `Content-Digest` with the body as received. Every SHA-256 and SHA-512 in it must be
 * right, and one must be there; other algorithms are passed over.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9530#section-5
 */
export function verifyContentDigest(field: string, body: Uint8Array): DigestVerdict {
  const members = parseDictionary(field);
  if (members === undefined) return 'digest-malformed';
  const digests: [string, Buffer][] = [];
  for (const [key, member] of members) {
    const value = member.kind === 'item' ? member.bare.value : undefined;
    if (!Buffer.isBuffer(value)) return 'digest-malformed';
    digests.push([key, value]);
  }
  return compareDigests(digests, body);
}

/**
 * Compares a `Digest` with the body as received, by the same rules as {@link verifyContentDigest}.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3230#section-4.3.2
 */
export function verifyDigest(field: string, body: Uint8Array): DigestVerdict {
  const digests: [string, Buffer][] = [];
  for (const part of field.split(',')) {
    const [, name = '', text = ''] = /^\s*([A-Za-z0-9-]+)=(\S+)\s*$/.exec(part) ?? [];
    if (name === '') return 'digest-malformed';
    // Algorithms that are passed over need not be written in base64.
    if (!hashNames.has(name.toLowerCase())) continue;
    const value = decodeStrictBase64(text);
    if (value === undefined) return 'digest-malformed';
    digests.push([name.toLowerCase(), value]);
  }
  return compareDigests(digests, body);
}

function compareDigests(digests: readonly [string, Buffer][], body: Uint8Array): DigestVerdict {
  let verdict: DigestVerdict = 'digest-unsupported';
  for (const [name, expected] of digests) {
    const hashName = hashNames.get(name);
    if (hashName === undefined) continue;
    const actual = hashBody(hashName, body);
    if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
      return 'digest-mismatch';
    }
    verdict = 'ok';
  }
  return verdict;
}

function hashBody(hashName: string, body: Uint8Array): Buffer {
  return createHash(hashName).update(body).digest();
}
