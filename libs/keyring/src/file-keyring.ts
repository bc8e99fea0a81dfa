import type { KeyObject } from 'node:crypto';
import { AppError } from '@artdag/errors';
import type { WarningListener } from './close-to-others.ts';
import { completeKeys } from './complete-keys.ts';
import { keyPaths } from './key-paths.ts';
import type { Keyring, PublicKeys, SigningKeyId } from './keyring.ts';
import { loadEd25519Key, loadPublicKeys, loadRsaFiles } from './load-keys.ts';
import { createLruCache } from './lru-cache.ts';
import { signBytes } from './sign-bytes.ts';

export interface FileKeyringOptions {
  /** Where the key files are; made with mode 0700 when the first key is. */
  readonly directory: string;
  /** How many keys of either half stay in memory; 1,000 unless told. */
  readonly cachedKeys?: number;
  /** Told when a private key, or the directory, was open to other users and has been closed. */
  readonly onWarning?: WarningListener;
}

/**
 * Creates a keyring over a directory of PEM files, which several processes may share.
 *
 * A key stays cached once it was used: a process that runs while a key file is exchanged has to be
 * started again.
 */
export function createFileKeyring(options: FileKeyringOptions): Keyring {
  const { directory, cachedKeys = 1000, onWarning = () => undefined } = options;
  const signingKeys = createLruCache<Promise<KeyObject>>(cachedKeys);
  const completeSets = createLruCache<PublicKeys>(cachedKeys);

  async function loadSigningKey({ username, algorithm }: SigningKeyId): Promise<KeyObject> {
    const paths = keyPaths(directory, username);
    const key =
      algorithm === 'ed25519'
        ? await loadEd25519Key(paths, onWarning)
        : (await loadRsaFiles(paths, onWarning)).privateKey;
    if (!key) throw new AppError('key-missing', `There is no ${algorithm} key of ${username}`);
    return key;
  }

  function signingKey(keyId: SigningKeyId): Promise<KeyObject> {
    const cacheKey = `${keyId.algorithm} ${keyId.username}`;
    const cached = signingKeys.get(cacheKey);
    if (cached) return cached;
    const loading = loadSigningKey(keyId);
    signingKeys.set(cacheKey, loading);
    loading.catch(() => signingKeys.delete(cacheKey));
    return loading;
  }

  return {
    async ensureKeys(username) {
      return (await completeKeys(keyPaths(directory, username), onWarning)).keys;
    },
    async publicKeys(username) {
      const cached = completeSets.get(username);
      if (cached) return cached;
      const keys = await loadPublicKeys(keyPaths(directory, username), onWarning);
      if (keys !== 'missing') completeSets.set(username, keys);
      return keys;
    },
    async sign(keyId, bytes) {
      return signBytes(keyId.algorithm, await signingKey(keyId), bytes);
    },
  };
}
