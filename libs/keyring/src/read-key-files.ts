import { readFile } from 'node:fs/promises';
import { AppError } from '@artdag/errors';
import { closeFileToOthers, type WarningListener } from './close-to-others.ts';
import { hasErrnoCode } from './has-errno-code.ts';
import type { KeyText } from './parse-keys.ts';

/**
 * Reads a key file; `undefined` where there is none.
 *
 * @throws AppError `key-unusable` where the file is there and can't be read.
 */
export async function readKeyFile(path: string): Promise<KeyText | undefined> {
  try {
    return { path, text: await readFile(path, 'utf8') };
  } catch (cause) {
    if (hasErrnoCode(cause, 'ENOENT')) return undefined;
    throw new AppError('key-unusable', `The key file ${path} cannot be read`, { cause });
  }
}

/**
 * Reads a private key file and closes it to other users; `undefined` where there is none.
 *
 * @throws AppError `key-unusable` where the file can't be read, or can't be closed to others.
 */
export async function readPrivateKeyFile(
  path: string,
  onWarning: WarningListener,
): Promise<KeyText | undefined> {
  const file = await readKeyFile(path);
  if (file !== undefined) await closeFileToOthers(path, onWarning);
  return file;
}
