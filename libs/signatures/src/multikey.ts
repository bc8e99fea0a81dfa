import { createPublicKey, type KeyObject } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { encodeBase58Multibase } from './multibase.ts';
import { decodeEd25519Multikey, ed25519Prefix } from './multikey-bytes.ts';

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
  const bytes = decodeEd25519Multikey(text);
  if (bytes === undefined) {
    throw new AppError('key-unusable', 'The Multikey is not an Ed25519 public key in base58btc.');
  }
  const x = Buffer.from(bytes).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
