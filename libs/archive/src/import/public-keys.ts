import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Store } from '@artdag/store';

/** Finds the RSA keys that old signatures are verified with. */
export interface PublicKeyFinder {
  /** Remembers a key; the first one of a user stays. */
  add(username: string, key: KeyObject | string): void;
  /** A key that was added, else the one that this server has published. */
  find(username: string): Promise<KeyObject | undefined>;
}

/** A {@link PublicKeyFinder} that falls back on the users of a store. */
export function createPublicKeyFinder(users: Store['documents']['users']): PublicKeyFinder {
  const keys = new Map<string, KeyObject | undefined>();
  return {
    add(username, key) {
      if (keys.get(username)) return;
      const parsed = typeof key === 'string' ? parse(key) : key;
      if (parsed) keys.set(username, parsed);
    },
    async find(username) {
      if (keys.has(username)) return keys.get(username);
      const user = (await users.find([username])).get(username);
      const key = user?.keys ? parse(user.keys.publicKeyPem) : undefined;
      keys.set(username, key);
      return key;
    },
  };
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
