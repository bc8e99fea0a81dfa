import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, isAppError } from '@artdag/errors';
import { closeDirectoryToOthers, type WarningListener } from './close-to-others.ts';
import { createFileOnce } from './create-file-once.ts';
import { generateEd25519Pem, generateRsaPem } from './generate-keys.ts';
import type { KeyPaths } from './key-paths.ts';
import type { PublicKeys } from './keyring.ts';
import { loadEd25519Key, loadPublicKeys, loadRsaFiles } from './load-keys.ts';
import { derivePublicPem } from './parse-keys.ts';

const privateMode = 0o600;
const publicMode = 0o644;

/** The keys of a user, and whether this call made the RSA private key. */
export interface CompletedKeys {
  readonly keys: PublicKeys;
  readonly madePrivateKey: boolean;
}

/**
 * Makes the key files that are missing and returns what is then on disk.
 *
 * Every step can be repeated: a call that ends between two files leaves a state that the next call
 * completes, and a call that loses a race goes on with the winner's file.
 */
export async function completeKeys(
  paths: KeyPaths,
  onWarning: WarningListener,
): Promise<CompletedKeys> {
  try {
    await prepareDirectory(paths, onWarning);
    const madePrivateKey = await completeRsaPrivateKey(paths, onWarning);
    await completeRsaPublicKey(paths, onWarning);
    await completeEd25519Key(paths, onWarning);
    const keys = await loadPublicKeys(paths, onWarning);
    if (keys === 'missing') throw new AppError('key-missing', 'A key file vanished while in use');
    return { keys, madePrivateKey };
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw new AppError('key-unusable', `Cannot write keys in ${dirname(paths.rsaPrivate)}`, {
      cause,
    });
  }
}

async function prepareDirectory(paths: KeyPaths, onWarning: WarningListener): Promise<void> {
  const directory = dirname(paths.rsaPrivate);
  const firstMade = await mkdir(directory, { recursive: true, mode: 0o700 });
  if (firstMade === undefined) await closeDirectoryToOthers(directory, onWarning);
}

async function completeRsaPrivateKey(
  paths: KeyPaths,
  onWarning: WarningListener,
): Promise<boolean> {
  const { privateKey, publicPem } = await loadRsaFiles(paths, onWarning);
  if (privateKey) return false;
  if (publicPem !== undefined) {
    throw new AppError(
      'key-missing',
      `The private key ${paths.rsaPrivate} is missing while ${paths.rsaPublic} exists: restore it, or move the public key away`,
    );
  }
  const text = await generateRsaPem();
  return (await createFileOnce({ path: paths.rsaPrivate, text, mode: privateMode })) === 'created';
}

async function completeRsaPublicKey(paths: KeyPaths, onWarning: WarningListener): Promise<void> {
  const { privateKey, publicPem } = await loadRsaFiles(paths, onWarning);
  if (!privateKey || publicPem !== undefined) return;
  const text = derivePublicPem(privateKey);
  await createFileOnce({ path: paths.rsaPublic, text, mode: publicMode });
}

async function completeEd25519Key(paths: KeyPaths, onWarning: WarningListener): Promise<void> {
  if (await loadEd25519Key(paths, onWarning)) return;
  const text = await generateEd25519Pem();
  await createFileOnce({ path: paths.ed25519Private, text, mode: privateMode });
}
