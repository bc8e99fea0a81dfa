import { generateKeyPairSync, type KeyObject, sign, webcrypto } from 'node:crypto';
import {
  createEddsaJcs2022Proof,
  encodeEd25519Multikey,
  fromPlainValue,
  type JsonObject,
  parseLosslessJson,
  rsaSignature2017,
  stringifyLossless,
  withMember,
} from '@artdag/signatures';
import type { KeyEvidence } from '../evidence/evidence.ts';
import { createWebCrypto } from '../signature-crypto.ts';

export const actorIri = 'https://art.example/users/ada';
export const activityIri = 'https://art.example/activities/1';
/** SHA3-256 of the empty file. */
export const emptySha3 = 'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a';
export const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');
const signWith = (key: KeyObject) => async (bytes: Uint8Array) =>
  sign(key.asymmetricKeyType === 'rsa' ? 'sha256' : null, bytes, key);

export const rsaPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** The document of the actor with both keys. */
export const actorText = JSON.stringify({
  id: actorIri,
  type: 'Person',
  publicKey: { id: `${actorIri}#main-key`, owner: actorIri, publicKeyPem: rsaPem },
  assertionMethod: [
    {
      id: `${actorIri}#ed25519-key`,
      type: 'Multikey',
      controller: actorIri,
      publicKeyMultibase: encodeEd25519Multikey(ed25519.publicKey),
    },
  ],
});

export const actorKey: KeyEvidence = { text: actorText, source: 'given' };

export const withWebCrypto = {
  crypto: createWebCrypto(webcrypto.subtle),
  now: new Date('2026-02-01T00:00:00Z'),
};

const plainText = `{"@context":"https://www.w3.org/ns/activitystreams","type":"Create",
  "id":"${activityIri}","actor":"${actorIri}","object":{"type":"Image","name":"empty",
  "id":"https://art.example/objects/${emptySha3}",
  "contentHash":{"algorithm":"sha3-256","value":"${emptySha3}"},
  "attributedTo":"${actorIri}","metadata":{"fps":30.0,"big":9007199254740993}},
  "published":"2026-01-06T23:01:27Z"}`;

/** The text of a Create of the empty file, signed as our signer does. */
export async function makeSignedActivity({
  withSignature = true,
  withProof = true,
} = {}): Promise<string> {
  let document = parseLosslessJson(plainText) as JsonObject;
  const created = '2026-01-06T23:01:27Z';
  if (withSignature) {
    const input = { creator: `${actorIri}#main-key`, created, document };
    const signature = await rsaSignature2017(input, signWith(rsa.privateKey));
    document = withMember(document, 'signature', fromPlainValue(signature));
  }
  if (withProof) {
    const input = { document, verificationMethod: `${actorIri}#ed25519-key`, created };
    const proof = await createEddsaJcs2022Proof(input, signWith(ed25519.privateKey));
    document = withMember(document, 'proof', fromPlainValue(proof));
  }
  return stringifyLossless(document);
}

/** The RSA signature by the older convention, over the canonical object alone. */
export function signObjectOnly(canonicalObject: string): string {
  return sign('sha256', Buffer.from(canonicalObject), rsa.privateKey).toString('base64');
}
