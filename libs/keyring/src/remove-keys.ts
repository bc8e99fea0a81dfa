import { access, rm } from 'node:fs/promises';
import { keyPaths } from './key-paths.ts';

/** Whose keys, and where their files are. */
export interface OwnedKeys {
  readonly directory: string;
  readonly usernames: readonly string[];
}

/** The key files of these users that are there. */
export async function findKeyFiles({ directory, usernames }: OwnedKeys): Promise<string[]> {
  const files = usernames.flatMap((username) => {
    const { rsaPrivate, rsaPublic, ed25519Private } = keyPaths(directory, username);
    return [rsaPrivate, rsaPublic, ed25519Private];
  });
  const found = await Promise.all(
    files.map((file) =>
      access(file).then(
        () => [file],
        () => [],
      ),
    ),
  );
  return found.flat();
}

/** Removes the keys of users who are no more; returns how many files there were. */
export async function removeKeys(keys: OwnedKeys): Promise<number> {
  const files = await findKeyFiles(keys);
  await Promise.all(files.map((file) => rm(file, { force: true })));
  return files.length;
}
