import {
  decodeBase58Multibase,
  type JsonObject,
  proofTexts,
  readEddsaJcs2022Proof,
} from '@artdag/signatures/portable';
import { encodeUtf8, joinDigests, sha256Hex } from '../bytes.ts';
import type { SignatureCrypto } from '../signature-crypto.ts';
import { cannotTell, fails, holds, notAsked } from './build-step.ts';
import type { KeyChoice, SignatureResult } from './check-signature.ts';

const signatureLength = 64;

/** IRI of the key that the proof of a document names. */
export function findProofKeyId(document: JsonObject): string | undefined {
  const found = readEddsaJcs2022Proof(document);
  return found.ok ? found.verificationMethod : undefined;
}

/**
 * Checks the `eddsa-jcs-2022` proof of a document.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md
 */
export async function checkProof(
  document: JsonObject,
  choice: KeyChoice,
  { crypto, now }: { readonly crypto: SignatureCrypto; readonly now: Date },
): Promise<SignatureResult> {
  const found = readEddsaJcs2022Proof(document);
  if (!found.ok) {
    const isMissing = found.reason === 'proof-missing';
    return { finding: isMissing ? notAsked('proof-missing') : fails('proof-form', found.reason) };
  }
  if (found.expires !== undefined && found.expires <= now)
    return { finding: fails('proof-expired') };
  const value = decodeBase58Multibase(found.proofValue, signatureLength);
  if (value === undefined) return { finding: fails('proof-form', 'proof-malformed') };
  const texts = proofTexts(found);
  if (!texts.ok) return { finding: fails('proof-form', texts.reason) };
  if (!choice.key) return { finding: choice.finding };
  const bytes = joinDigests(texts.options, texts.document);
  switch (await crypto.verifyEd25519(choice.key.bytes, bytes, value)) {
    case 'unusable':
      return { finding: cannotTell('key-unusable') };
    case 'unavailable':
      return { finding: cannotTell('crypto-unavailable') };
    case 'invalid':
      return { finding: fails('proof-mismatch') };
    case 'valid':
      return {
        finding: holds('proof-matches'),
        signed: {
          convention: 'proof',
          keyId: found.verificationMethod,
          created: found.created ?? null,
          text: texts.document,
          textSha256: sha256Hex(encodeUtf8(texts.document)),
        },
      };
  }
}
