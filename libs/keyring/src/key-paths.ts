import { join } from 'node:path';
import { AppError } from '@artdag/errors';

/** The three files that hold one user's keys. */
export interface KeyPaths {
  /** RSA private key, PKCS#8. */
  readonly rsaPrivate: string;
  /** RSA public key, SPKI. */
  readonly rsaPublic: string;
  /** Ed25519 private key, PKCS#8. */
  readonly ed25519Private: string;
}

const usernamePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;

/** A user `x.ed25519` would own the file that holds the Ed25519 key of `x`. */
const reservedEnding = /\.ed25519$/i;

/**
 * Names the key files of `username` inside `directory`.
 *
 * @throws AppError `validation-failed` for a user name that cannot name a file of its own.
 */
export function keyPaths(directory: string, username: string): KeyPaths {
  if (!usernamePattern.test(username) || reservedEnding.test(username)) {
    throw new AppError('validation-failed', 'The user name cannot name a key file', {
      faults: [
        {
          pointer: '/username',
          message:
            'expected 1 to 64 letters, digits, "_", "." or "-", starting with a letter, digit or "_", not ending in ".ed25519"',
        },
      ],
    });
  }
  return {
    rsaPrivate: join(directory, `${username}.pem`),
    rsaPublic: join(directory, `${username}.pub`),
    ed25519Private: join(directory, `${username}.ed25519.pem`),
  };
}
