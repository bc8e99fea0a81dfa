import { createPublicKey, type KeyObject } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { decodeBase58Multibase, encodeBase58Multibase } from './multibase.ts';

/** The varint of multicodec `ed25519-pub`, 0xed. */
const ed25519Prefix = Buffer.from([0xed, 0x01]);
const ed25519KeyLength = 32;

/**
 * An Ed25519 public key as `publicKeyMultibase` of a Multikey: `z6Mk…`.
 *
 * @throws AppError `key-unusable` for a key of another type.
 * @see https://www.w3.org/TR/cid-1.0/#Multikey
 */
export function encodeEd25519Multikey(publicKey: KeyObject): string {
  if (publicKey.asymmetricKeyType !== 'ed25519') {
    throw new AppError('key-unusable', 'An Ed25519 key is expected for a Multikey.');
  }
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return encodeBase58Multibase(Buffer.concat([ed25519Prefix, raw]));
}

/**
 * Reads the `publicKeyMultibase` of an Ed25519 Multikey.
 *
 * @throws AppError `key-unusable` unless it is base58btc of the prefix 0xed01 and 32 bytes.
 * @see https://www.w3.org/TR/cid-1.0/#Multikey
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/521a/fep-521a.md
 */
export function parseEd25519Multikey(text: string): KeyObject {
  const bytes = decodeBase58Multibase(text, ed25519Prefix.length + ed25519KeyLength);
  if (bytes === undefined || !ed25519Prefix.equals(bytes.subarray(0, ed25519Prefix.length))) {
    throw new AppError('key-unusable', 'The Multikey is not an Ed25519 public key in base58btc.');
  }
  const x = Buffer.from(bytes.subarray(ed25519Prefix.length)).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
