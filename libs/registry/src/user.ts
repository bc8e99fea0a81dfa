/** What a user may do. An operator may use the routes that run the server. */
export type Role = 'user' | 'operator';

/**
 * User names: lower-case letters, digits, `_` and `-`, 1 to 64 of them, not `-` first or last.
 *
 * They become file names, path segments and handles, so nothing else is let in.
 */
export const USERNAME_PATTERN = '^[a-z0-9_]([a-z0-9_-]{0,62}[a-z0-9_])?$';

/** Whether `text` can be a user name. */
export function isUsername(text: string): boolean {
  return new RegExp(USERNAME_PATTERN).test(text);
}

/** Least and greatest length of a password, in characters. */
export const PASSWORD_LENGTH = { min: 8, max: 1024 } as const;

/** Public halves of a user's keys, as his actor document shows them. */
export interface PublicKeys {
  /** RSA key as SPKI text, byte-equal to its file. */
  readonly publicKeyPem: string;
  /** Ed25519 key as a multibase Multikey. */
  readonly publicKeyMultibase: string;
}
