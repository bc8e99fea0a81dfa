import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { AppError } from '@artdag/errors';
import { closeDirectoryToOthers } from './close-to-others.ts';
import { createFileOnce, type NewFile } from './create-file-once.ts';
import { keyPaths } from './key-paths.ts';
import { assertPublicHalf, parseEd25519PrivateKey, parseRsaPrivateKey } from './parse-keys.ts';
import { readKeyFile } from './read-key-files.ts';

export interface CopyKeysOptions {
  readonly username: string;
  /** Directory that the key files are in; nothing there is changed. */
  readonly from: string;
  /** Directory that they are to be in. */
  readonly to: string;
}

/** What a copy of one user's keys comes to. */
export interface KeyCopy {
  readonly username: string;
  /** The RSA public key as its file has it, or as it follows from the private key. */
  readonly publicKey: KeyObject;
  /** Without one nobody can sign as this user, and nothing is copied. */
  readonly hasPrivateKey: boolean;
  /** Files that are not there yet. */
  readonly missing: readonly NewFile[];
}

/**
 * Finds out what a copy of a user's key files would do, and does nothing. A public key without its
 * private one is not copied: it would stand in the way of new keys.
 *
 * @throws AppError `key-missing` where there is no RSA key, `key-unusable` for a file that is no key
 * or a pair that does not belong together, `key-exists` where other keys are there.
 */
export async function planKeyCopy({ username, from, to }: CopyKeysOptions): Promise<KeyCopy> {
  const source = keyPaths(from, username);
  const target = keyPaths(to, username);
  const rsaFile = await readKeyFile(source.rsaPrivate);
  const publicFile = await readKeyFile(source.rsaPublic);
  const ed25519File = await readKeyFile(source.ed25519Private);
  if (!rsaFile) {
    if (!publicFile)
      throw new AppError('key-missing', `There is no RSA key of ${username} in ${from}`);
    return { username, publicKey: readPublicKey(publicFile), hasPrivateKey: false, missing: [] };
  }
  const privateKey = parseRsaPrivateKey(rsaFile);
  if (publicFile) assertPublicHalf(publicFile, privateKey);
  if (ed25519File) parseEd25519PrivateKey(ed25519File);
  const wanted: NewFile[] = [
    { path: target.rsaPrivate, text: rsaFile.text, mode: 0o600 },
    ...(publicFile ? [{ path: target.rsaPublic, text: publicFile.text, mode: 0o644 }] : []),
    ...(ed25519File ? [{ path: target.ed25519Private, text: ed25519File.text, mode: 0o600 }] : []),
  ];
  const missing: NewFile[] = [];
  for (const file of wanted) if (await isMissing(file)) missing.push(file);
  return { username, publicKey: createPublicKey(privateKey), hasPrivateKey: true, missing };
}

/**
 * Copies the files that a plan found missing: the private key first, so that there is never a public
 * key without it.
 *
 * @throws AppError `key-exists` where other keys have come in between; `key-unusable`
 */
export async function copyKeys({ missing }: KeyCopy, to: string): Promise<void> {
  const made = await mkdir(to, { recursive: true, mode: 0o700 });
  if (made === undefined) await closeDirectoryToOthers(to, () => undefined);
  for (const file of missing) {
    if ((await createFileOnce(file)) === 'exists') await isMissing(file);
  }
}

/** @throws AppError `key-exists` where another text is there. */
async function isMissing({ path, text }: NewFile): Promise<boolean> {
  const file = await readKeyFile(path);
  if (!file) return true;
  if (file.text.trim() === text.trim()) return false;
  throw new AppError(
    'key-exists',
    `${path} is another key: keys are never overwritten. Move the one that is not needed away`,
  );
}

function readPublicKey(file: { readonly path: string; readonly text: string }): KeyObject {
  try {
    return createPublicKey(file.text);
  } catch (cause) {
    throw new AppError(
      'key-unusable',
      `The key file ${file.path} cannot be used: expected a PEM public key`,
      {
        cause,
      },
    );
  }
}
