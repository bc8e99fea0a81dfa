import { type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { SigningAlgorithm } from './keyring.ts';

const digests = { 'rsa-sha256': 'sha256', ed25519: null } as const satisfies Record<
  SigningAlgorithm,
  string | null
>;

/** `crypto.sign` runs on the thread pool only when it is given a callback. */
const signOnThreadPool = promisify<string | null, Uint8Array, KeyObject, Buffer>(sign);

/** Signs `bytes` on the thread pool. */
export function signBytes(
  algorithm: SigningAlgorithm,
  key: KeyObject,
  bytes: Uint8Array,
): Promise<Buffer> {
  return signOnThreadPool(digests[algorithm], bytes, key);
}
