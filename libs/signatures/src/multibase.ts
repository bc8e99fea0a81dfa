import { base58 } from '@scure/base';

/**
 * Bytes as multibase base58btc: `z` and the digits.
 *
 * @see https://www.w3.org/TR/cid-1.0/#multibase-0
 */
export function encodeBase58Multibase(bytes: Uint8Array): string {
  return `z${base58.encode(bytes)}`;
}

/**
 * Bytes of exactly `length` from multibase base58btc, else `undefined`. The text is measured
 * first, because decoding takes time by the square of its length.
 *
 * @see https://www.w3.org/TR/cid-1.0/#multibase-0
 */
export function decodeBase58Multibase(text: string, length: number): Uint8Array | undefined {
  if (!text.startsWith('z') || text.length > 2 * length) return undefined;
  try {
    const bytes = base58.decode(text.slice(1));
    return bytes.length === length ? bytes : undefined;
  } catch {
    return undefined;
  }
}
