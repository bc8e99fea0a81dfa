import { createHash, timingSafeEqual } from 'node:crypto';

/** Makes a check of `Authorization` fields that takes the same time whatever is wrong. */
export function createSecretCheck(secret: string): (authorization: string | undefined) => boolean {
  const expected = digest(`Bearer ${secret}`);
  return (authorization) => timingSafeEqual(digest(authorization ?? ''), expected);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
