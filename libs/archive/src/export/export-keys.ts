import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { copyKeys } from '@artdag/keyring';
import { planKeys } from '../import/plan-keys.ts';

/** Copies the key files of all users into `directory/keys`, or their public halves alone; returns how many users have some. */
export async function exportKeys(
  keyDirectory: string,
  directory: string,
  withPrivateKeys: boolean,
): Promise<number> {
  const keyFiles = await readdir(keyDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const to = join(directory, 'keys');
  if (keyFiles.length === 0) return 0;
  const { copies } = await planKeys({ keyDirectory, keyFiles }, to);
  await mkdir(to, { mode: 0o700 });
  for (const copy of copies) {
    if (withPrivateKeys && copy.hasPrivateKey) await copyKeys(copy, to);
    else
      await copyFile(join(keyDirectory, `${copy.username}.pub`), join(to, `${copy.username}.pub`));
  }
  return copies.length;
}
