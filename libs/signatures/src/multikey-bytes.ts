import { decodeBase58Multibase } from './multibase.ts';

/** The varint of multicodec `ed25519-pub`, 0xed. */
export const ed25519Prefix = Uint8Array.of(0xed, 0x01);
const ed25519KeyLength = 32;

/**
 * The 32 bytes of an Ed25519 key in `publicKeyMultibase`, or `undefined` unless it is base58btc of
 * the prefix 0xed01 and as many bytes.
 *
 * @see https://www.w3.org/TR/cid-1.0/#Multikey
 */
export function decodeEd25519Multikey(text: string): Uint8Array | undefined {
  const bytes = decodeBase58Multibase(text, ed25519Prefix.length + ed25519KeyLength);
  const hasPrefix = ed25519Prefix.every((byte, index) => bytes?.[index] === byte);
  return hasPrefix ? bytes?.subarray(ed25519Prefix.length) : undefined;
}
