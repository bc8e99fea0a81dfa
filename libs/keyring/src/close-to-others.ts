import { chmod, stat } from 'node:fs/promises';
import { AppError } from '@artdag/errors';

/** Told, in one sentence, what the keyring changed about a file that it did not make. */
export type WarningListener = (message: string) => void;

const othersMayDoAnything = 0o077;
const othersMayWrite = 0o022;

/**
 * Takes a private key file away from group and others, as a copied key directory may have lost its
 * modes on the way.
 *
 * @throws AppError `key-unusable` where the mode can't be changed: the key then stays readable.
 */
export async function closeFileToOthers(path: string, onWarning: WarningListener): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & othersMayDoAnything) === 0) return;
  await chmod(path, 0o600).catch((cause: unknown) => {
    throw tooOpen(path, '0600', cause);
  });
  onWarning(`The private key ${path} was open to other users: its mode is now 0600`);
}

/**
 * Takes the key directory away from group and others.
 *
 * @throws AppError `key-unusable` where others may write there and the mode can't be changed; one
 * that others may only list is kept as it is.
 */
export async function closeDirectoryToOthers(
  path: string,
  onWarning: WarningListener,
): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & othersMayDoAnything) === 0) return;
  try {
    await chmod(path, 0o700);
  } catch (cause) {
    if ((mode & othersMayWrite) !== 0) throw tooOpen(path, '0700', cause);
    return;
  }
  onWarning(`The key directory ${path} was open to other users: its mode is now 0700`);
}

function tooOpen(path: string, mode: string, cause: unknown): AppError {
  return new AppError(
    'key-unusable',
    `${path} is open to other users and its mode can't be changed: set it to ${mode}`,
    { cause },
  );
}
