import { createPublicKey, type KeyObject } from 'node:crypto';
import { encodeEd25519Multikey } from '@artdag/signatures';
import type { WarningListener } from './close-to-others.ts';
import type { KeyPaths } from './key-paths.ts';
import type { PublicKeys } from './keyring.ts';
import { assertPublicHalf, parseEd25519PrivateKey, parseRsaPrivateKey } from './parse-keys.ts';
import { readKeyFile, readPrivateKeyFile } from './read-key-files.ts';

/** What is on disk of a user's RSA pair. */
export interface RsaFiles {
  readonly privateKey: KeyObject | undefined;
  readonly publicPem: string | undefined;
}

/**
 * Reads the RSA pair and checks that its halves belong together.
 *
 * The public file is read first: it is written last, so a pair that another process is making is
 * never seen as a public key without its private one.
 */
export async function loadRsaFiles(paths: KeyPaths, onWarning: WarningListener): Promise<RsaFiles> {
  const publicFile = await readKeyFile(paths.rsaPublic);
  const privateFile = await readPrivateKeyFile(paths.rsaPrivate, onWarning);
  const privateKey = privateFile && parseRsaPrivateKey(privateFile);
  if (publicFile && privateKey) assertPublicHalf(publicFile, privateKey);
  return { privateKey, publicPem: publicFile?.text };
}

/** Reads the Ed25519 private key; `undefined` where there is none. */
export async function loadEd25519Key(
  paths: KeyPaths,
  onWarning: WarningListener,
): Promise<KeyObject | undefined> {
  const file = await readPrivateKeyFile(paths.ed25519Private, onWarning);
  return file && parseEd25519PrivateKey(file);
}

/** Reads the public halves of a complete set of keys. */
export async function loadPublicKeys(
  paths: KeyPaths,
  onWarning: WarningListener,
): Promise<PublicKeys | 'missing'> {
  const { privateKey, publicPem } = await loadRsaFiles(paths, onWarning);
  const ed25519Key = await loadEd25519Key(paths, onWarning);
  if (!privateKey || publicPem === undefined || !ed25519Key) return 'missing';
  return {
    publicKeyPem: publicPem,
    publicKeyMultibase: encodeEd25519Multikey(createPublicKey(ed25519Key)),
  };
}
