import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { AppError } from '@artdag/errors';

/** The text of a key file together with its name, which every complaint about it carries. */
export interface KeyText {
  readonly path: string;
  readonly text: string;
}

const smallestModulus = 2048;

/** The whole file is published, so it may hold one public key and nothing beside it. */
const onePublicKey = /^\s*-----BEGIN PUBLIC KEY-----[\sA-Za-z0-9+/=]+-----END PUBLIC KEY-----\s*$/;

/**
 * Reads an RSA private key, PKCS#8 or PKCS#1, of 2048 bits or more.
 *
 * @throws AppError `key-unusable`
 */
export function parseRsaPrivateKey(file: KeyText): KeyObject {
  const key = parsePrivateKey(file);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < smallestModulus) {
    throw unusable(file, `expected an RSA private key of at least ${smallestModulus} bits`);
  }
  return key;
}

/**
 * Reads an Ed25519 private key, PKCS#8.
 *
 * @throws AppError `key-unusable`
 */
export function parseEd25519PrivateKey(file: KeyText): KeyObject {
  const key = parsePrivateKey(file);
  if (key.asymmetricKeyType !== 'ed25519') throw unusable(file, 'expected an Ed25519 private key');
  return key;
}

/**
 * Checks that a public key file is the other half of `privateKey`.
 *
 * @throws AppError `key-unusable`
 */
export function assertPublicHalf(file: KeyText, privateKey: KeyObject): void {
  if (!onePublicKey.test(file.text)) throw unusable(file, 'expected one PEM "PUBLIC KEY" (SPKI)');
  if (!createPublicKey(privateKey).equals(parsePublicKey(file))) {
    throw unusable(file, 'it does not belong to the private key beside it');
  }
}

/** The SPKI PEM of a private key's public half. */
export function derivePublicPem(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}

function parsePrivateKey(file: KeyText): KeyObject {
  try {
    return createPrivateKey(file.text);
  } catch (cause) {
    throw unusable(file, 'expected an unencrypted PEM private key', cause);
  }
}

function parsePublicKey(file: KeyText): KeyObject {
  try {
    return createPublicKey(file.text);
  } catch (cause) {
    throw unusable(file, 'expected a PEM public key', cause);
  }
}

function unusable({ path }: KeyText, expected: string, cause?: unknown): AppError {
  return new AppError('key-unusable', `The key file ${path} cannot be used: ${expected}`, {
    cause,
  });
}
