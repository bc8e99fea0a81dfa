import { access } from 'node:fs/promises';
import { AppError } from '@artdag/errors';
import { completeKeys } from './complete-keys.ts';
import { hasErrnoCode } from './has-errno-code.ts';
import { type KeyPaths, keyPaths } from './key-paths.ts';
import type { PublicKeys } from './keyring.ts';

export interface SetupKeysOptions {
  readonly directory: string;
  readonly username: string;
}

/** Keys just made, and the files that hold them. */
export interface NewKeys {
  readonly keys: PublicKeys;
  readonly paths: KeyPaths;
}

/**
 * Makes the keys of a user who has none.
 *
 * @throws AppError `key-exists` where any of the files is there, also when another process makes
 * it at the same moment; `key-unusable`, `validation-failed`.
 */
export async function setupKeys({ directory, username }: SetupKeysOptions): Promise<NewKeys> {
  const paths = keyPaths(directory, username);
  for (const path of Object.values<string>({ ...paths })) {
    if (await exists(path)) throw alreadyThere(path);
  }
  const { keys, madePrivateKey } = await completeKeys(paths, () => undefined);
  if (!madePrivateKey) throw alreadyThere(paths.rsaPrivate);
  return { keys, paths };
}

function alreadyThere(path: string): AppError {
  return new AppError('key-exists', `${path} exists already: keys are never overwritten`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (hasErrnoCode(error, 'ENOENT')) return false;
    throw new AppError('key-unusable', `${path} cannot be looked at`, { cause: error });
  }
}
