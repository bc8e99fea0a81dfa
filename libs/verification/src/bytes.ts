import { sha256 } from '@noble/hashes/sha2.js';

const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The UTF-8 of a text. */
export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Bytes as lower-case hexadecimal. */
function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes of padded base64, or `undefined` where the text holds anything else. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (!base64Pattern.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** SHA-256 of a text's UTF-8. */
function sha256OfText(text: string): Uint8Array {
  return sha256(encodeUtf8(text));
}

/** SHA-256 of bytes, in hexadecimal. */
export function sha256Hex(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

/** SHA-256 of one text, then that of the other: what both kinds of signature cover. */
export function joinDigests(first: string, second: string): Uint8Array {
  return Uint8Array.from([...sha256OfText(first), ...sha256OfText(second)]);
}
