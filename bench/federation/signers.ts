import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { encodeEd25519Multikey } from '@artdag/signatures';

/** The keys of one actor who posts. */
export interface Signer {
  readonly actorIri: string;
  readonly rsa: KeyObject;
  readonly ed25519: KeyObject;
  /** His actor document. */
  readonly document: string;
}

/** Distinct key pairs; actors share them, which changes nothing for whoever verifies. */
const KEY_PAIRS = 20;

/** Actors with keys, who live at `origin`. */
export function createSigners(origin: string, count: number): Signer[] {
  const pairs = Array.from({ length: Math.min(KEY_PAIRS, count) }, () => ({
    rsa: createPrivateKey(
      generateKeyPairSync('rsa', {
        modulusLength: 2048,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      }).privateKey,
    ),
    ed25519: generateKeyPairSync('ed25519').privateKey,
  }));
  return Array.from({ length: count }, (_, number) => {
    const pair = pairs[number % pairs.length];
    if (!pair) throw new Error('no key pair');
    const actorIri = `${origin}/actors/${number}`;
    return { actorIri, ...pair, document: actorDocument(actorIri, number, pair) };
  });
}

/** Signs as a keyring would. */
export const signWith = (key: KeyObject) => async (bytes: Uint8Array) =>
  sign(key.asymmetricKeyType === 'rsa' ? 'sha256' : null, bytes, key);

function actorDocument(
  id: string,
  number: number,
  keys: { rsa: KeyObject; ed25519: KeyObject },
): string {
  const publicKeyPem = createPublicKey(keys.rsa).export({ type: 'spki', format: 'pem' });
  const publicKeyMultibase = encodeEd25519Multikey(createPublicKey(keys.ed25519));
  return JSON.stringify({
    '@context': [
      'https://www.w3.org/ns/activitystreams',
      'https://w3id.org/security/v1',
      'https://w3id.org/security/data-integrity/v1',
      'https://w3id.org/security/multikey/v1',
    ],
    type: 'Person',
    id,
    preferredUsername: `actor${number}`,
    inbox: `${id}/inbox`,
    publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem },
    assertionMethod: [
      { id: `${id}#ed25519-key`, type: 'Multikey', controller: id, publicKeyMultibase },
    ],
  });
}
