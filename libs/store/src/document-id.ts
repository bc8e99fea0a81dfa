import { createHash } from 'node:crypto';

/** A short `_id` for a document that several texts name together: lower-case hex of a SHA-256. */
export function documentId(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
