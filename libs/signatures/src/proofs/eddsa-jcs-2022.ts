import { type KeyObject, verify } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { sha256 } from '../digest.ts';
import { canonicalizeJcs } from '../jcs.ts';
import type { JsonNode } from '../lossless-json/json-node.ts';
import { fromPlainValue, type PlainValue, toPlainValue } from '../lossless-json/plain-value.ts';
import { decodeBase58Multibase, encodeBase58Multibase } from '../multibase.ts';
import { type ProofFault, readEddsaJcs2022Proof } from './data-integrity-proof.ts';
import { proofTexts } from './eddsa-jcs-2022-texts.ts';
import type { Sign } from './sign.ts';

const signatureLength = 64;

/** The `proof` member of a document, as this package makes it. */
export interface DataIntegrityProof {
  readonly type: 'DataIntegrityProof';
  readonly cryptosuite: 'eddsa-jcs-2022';
  /** XML Schema dateTimeStamp, `YYYY-MM-DDThh:mm:ssZ`. */
  readonly created: string;
  /** IRI of the key. */
  readonly verificationMethod: string;
  readonly proofPurpose: 'assertionMethod';
  /** The document's own, where it has one. */
  readonly '@context'?: PlainValue;
  /** Multibase base58btc of 64 bytes. */
  readonly proofValue: string;
}

/** What a proof is made of. */
export interface EddsaJcs2022Input {
  /** The document without a `proof`. */
  readonly document: JsonNode;
  readonly verificationMethod: string;
  readonly created: string;
}

/** Outcome of {@link verifyEddsaJcs2022Proof}. */
export type EddsaJcs2022Verdict =
  | { readonly ok: true; readonly verificationMethod: string }
  | {
      readonly ok: false;
      readonly reason:
        | ProofFault
        | 'expired'
        | 'context-mismatch'
        | 'not-canonicalizable'
        | 'key-type'
        | 'signature-mismatch';
    };

/**
 * Makes the `proof` of a document.
 *
 * @param sign - Ed25519 over the given 64 bytes
 * @throws AppError `json-invalid` where the document has no canonical form or is no object;
 *   `conflict` where it has a proof already.
 * @see https://www.w3.org/TR/vc-di-eddsa/#create-proof-eddsa-jcs-2022
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md
 */
export async function createEddsaJcs2022Proof(
  { document, verificationMethod, created }: EddsaJcs2022Input,
  sign: Sign,
): Promise<DataIntegrityProof> {
  if (document.kind !== 'object') throw new AppError('json-invalid', 'A proof needs an object.');
  if (document.entries.has('proof')) throw new AppError('conflict', 'There is a proof already.');
  const context = document.entries.get('@context');
  const options = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created,
    verificationMethod,
    proofPurpose: 'assertionMethod',
    ...(context && { '@context': toPlainValue(context) }),
  } as const;
  const optionsText = canonicalizeJcs(fromPlainValue(options));
  const signature = await sign(hashProofInput(optionsText, canonicalizeJcs(document)));
  return { ...options, proofValue: encodeBase58Multibase(signature) };
}

/**
 * Checks the `eddsa-jcs-2022` proof of a document: the only one, or the first of a set. Whether
 * `verificationMethod` is a key of the document's actor is for the caller to check.
 *
 * @param now - judges the proof's `expires`; without it, `expires` is not looked at
 * @see https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022
 */
export function verifyEddsaJcs2022Proof(
  document: JsonNode,
  publicKey: KeyObject,
  now?: Date,
): EddsaJcs2022Verdict {
  const found = readEddsaJcs2022Proof(document);
  if (!found.ok) return found;
  const { expires, proofValue, verificationMethod } = found;
  if (now !== undefined && expires !== undefined && expires <= now) {
    return { ok: false, reason: 'expired' };
  }
  const signature = decodeBase58Multibase(proofValue, signatureLength);
  if (signature === undefined) return { ok: false, reason: 'proof-malformed' };
  const texts = proofTexts(found);
  if (!texts.ok) return texts;
  if (publicKey.asymmetricKeyType !== 'ed25519') return { ok: false, reason: 'key-type' };
  const input = hashProofInput(texts.options, texts.document);
  const isValid = verify(null, input, publicKey, signature);
  return isValid ? { ok: true, verificationMethod } : { ok: false, reason: 'signature-mismatch' };
}

function hashProofInput(options: string, document: string): Buffer {
  return Buffer.concat([sha256(options), sha256(document)]);
}
