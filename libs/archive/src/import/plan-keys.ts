import { AppError } from '@artdag/errors';
import { type KeyCopy, planKeyCopy } from '@artdag/keyring';
import { isUsername } from '@artdag/registry';
import type { Archive } from '../archive-files.ts';

/** What is to be done with the files in `keys/`. */
export interface KeyPlan {
  readonly copies: readonly KeyCopy[];
  /** Files that are no keys of a user, each with the reason. */
  readonly odd: ReadonlyMap<string, string>;
}

const KEY_FILE = /^(.+?)(\.ed25519\.pem|\.pem|\.pub)$/;

/**
 * Looks at all key files, and does nothing yet.
 *
 * @throws AppError `key-exists` where this server has another key, `key-unusable` for a broken one.
 */
export async function planKeys(
  { keyDirectory, keyFiles }: Pick<Archive, 'keyDirectory' | 'keyFiles'>,
  to: string,
): Promise<KeyPlan> {
  const odd = new Map<string, string>();
  const usernames = new Set<string>();
  for (const name of keyFiles) {
    const username = KEY_FILE.exec(name)?.[1];
    if (username !== undefined && isUsername(username)) usernames.add(username);
    else odd.set(name, 'its name is not that of a key file of a user');
  }
  const copies: KeyCopy[] = [];
  for (const username of usernames) {
    if (!keyFiles.includes(`${username}.pem`) && !keyFiles.includes(`${username}.pub`)) {
      odd.set(`${username}.ed25519.pem`, 'there is no RSA key beside it');
      continue;
    }
    const copy = await planKeyCopy({ username, from: keyDirectory, to });
    if (!copy.hasPrivateKey) {
      odd.set(
        `${username}.pub`,
        'there is no private key beside it: it verifies old signatures, and new keys are made',
      );
    }
    copies.push(copy);
  }
  return { copies, odd };
}

/** @throws AppError `conflict` where somebody has signed with another key on this server. */
export function refuseOtherKey(username: string): never {
  throw new AppError(
    'conflict',
    `${username} has signed on this server with another key than the one that is to be imported: import into an empty database.`,
  );
}
