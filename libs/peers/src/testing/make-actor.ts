import { generateKeyPairSync } from 'node:crypto';
import { encodeEd25519Multikey } from '@artdag/signatures';

/** Keys that tests share, as making one takes a while. */
const rsaKeys = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));

export function rsaPem(index = 0): string {
  return rsaKeys[index]?.publicKey.export({ type: 'spki', format: 'pem' }).toString() ?? '';
}

export const ed25519Multikey = encodeEd25519Multikey(generateKeyPairSync('ed25519').publicKey);

export const alice = 'https://peer.example/users/alice';
export const aliceKey = `${alice}#main-key`;

/** The actor document of alice, with changes. */
export function makeActor(changes: Record<string, unknown> = {}) {
  return {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
    id: alice,
    type: 'Person',
    preferredUsername: 'alice',
    inbox: `${alice}/inbox`,
    followers: `${alice}/followers`,
    endpoints: { sharedInbox: 'https://peer.example/inbox' },
    publicKey: { id: aliceKey, owner: alice, publicKeyPem: rsaPem() },
    ...changes,
  };
}
