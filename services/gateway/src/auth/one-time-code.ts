import { createHash, randomBytes } from 'node:crypto';

/** A code that is given out once, and the hash that is kept of it. */
export interface OneTimeCode {
  readonly code: string;
  readonly hash: string;
}

/** A new code of 192 random bits, safe in a URL. */
export function createOneTimeCode(): OneTimeCode {
  const code = randomBytes(24).toString('base64url');
  return { code, hash: hashOneTimeCode(code) };
}

/** What is kept of a code: SHA-256 in lower-case hex. The code is random, so no salt is needed. */
export function hashOneTimeCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
