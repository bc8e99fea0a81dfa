/** The public halves of a user's keys, as an actor document shows them. */
export interface PublicKeys {
  /** SPKI PEM: the text of the `.pub` file, byte by byte. */
  readonly publicKeyPem: string;
  /**
   * Multikey of the Ed25519 key.
   *
   * @see https://www.w3.org/TR/cid-1.0/#Multikey
   */
  readonly publicKeyMultibase: string;
}

/** `rsa-sha256` is RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2); `ed25519` is RFC 8032 Ed25519. */
export type SigningAlgorithm = 'rsa-sha256' | 'ed25519';

/** Which private key signs. */
export interface SigningKeyId {
  readonly username: string;
  readonly algorithm: SigningAlgorithm;
}

/** Holds the private keys of local users, and signs with them without giving them away. */
export interface Keyring {
  /**
   * Returns the user's keys, and makes those that are missing. Nothing that exists is overwritten,
   * and callers that race, in any number of processes, get the same keys.
   *
   * @throws AppError `key-unusable` for a key file that can't be used, `key-missing` for a public
   * key whose private key is gone, `validation-failed` for an unusable user name.
   */
  ensureKeys(username: string): Promise<PublicKeys>;

  /**
   * Looks the user's keys up; `missing` where any of them is still to be made.
   *
   * @throws AppError `key-unusable`, `validation-failed`
   */
  publicKeys(username: string): Promise<PublicKeys | 'missing'>;

  /**
   * Signs `bytes` on the thread pool.
   *
   * @throws AppError `key-missing`, `key-unusable`, `validation-failed`
   */
  sign(keyId: SigningKeyId, bytes: Uint8Array): Promise<Buffer>;
}
