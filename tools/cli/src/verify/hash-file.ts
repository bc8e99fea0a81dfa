import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AppError } from '@artdag/errors';
import type { FileDigests } from '@artdag/verification';

/** Reads a file once for both digests. @throws AppError `not-found` where it cannot be read. */
export async function hashFile(path: string): Promise<FileDigests> {
  const sha3 = createHash('sha3-256');
  const sha256 = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) {
      sha3.update(chunk);
      sha256.update(chunk);
    }
  } catch (cause) {
    throw new AppError('not-found', `${path} cannot be read.`, { cause });
  }
  return { sha3: sha3.digest('hex'), sha256: sha256.digest('hex') };
}
