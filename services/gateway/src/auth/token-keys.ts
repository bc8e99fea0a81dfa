import type { CryptoKey, JWK, KeyObject } from 'jose';

/** What signs or checks a token. */
export type TokenKey = CryptoKey | KeyObject | Uint8Array;

/** The keys of one algorithm. Which one it is, is configured and never taken from a token. */
export interface TokenKeys {
  readonly algorithm: 'HS256' | 'EdDSA';
  /** The key that signs now, and the id that tokens name it by. */
  signingKey(now: Date): Promise<{ readonly key: TokenKey; readonly kid?: string }>;
  /** The key that checks tokens which name `kid`, where there is one that is still believed. */
  verifyingKey(kid: unknown, now: Date): Promise<TokenKey | undefined>;
  /** Public keys, for whoever checks tokens without asking. */
  published(now: Date): Promise<JWK[]>;
}

/** The one secret that this server shares with others. It has no id, and nothing of it is public. */
export function createSecretKeys(secret: string): TokenKeys {
  const key = new TextEncoder().encode(secret);
  return {
    algorithm: 'HS256',
    signingKey: async () => ({ key }),
    verifyingKey: async () => key,
    published: async () => [],
  };
}
