import { createHash } from 'node:crypto';

/**
 * An activity id that follows from `parts`, so that doing the same again makes no second activity:
 * a UUID of version 8 with bits of their SHA-256.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.8
 */
export function deriveActivityId(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
