import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** Keys of a user, as the original has them. */
export interface OriginalKeys {
  readonly privateKey: KeyObject;
  readonly files: Readonly<Record<string, string>>;
  sign(bytes: Uint8Array): string;
}

/** Makes keys of a user, in the files that the original has, and optionally the one that it has not. */
export function makeOriginalKeys(withEd25519 = true, username = 'giles'): OriginalKeys {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ed25519 = generateKeyPairSync('ed25519');
  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    privateKey: rsa.privateKey,
    files: {
      [`${username}.pem`]: pem(rsa.privateKey),
      [`${username}.pub`]: rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      ...(withEd25519 && { [`${username}.ed25519.pem`]: pem(ed25519.privateKey) }),
    },
    sign: (bytes) => sign('sha256', bytes, rsa.privateKey).toString('base64'),
  };
}
