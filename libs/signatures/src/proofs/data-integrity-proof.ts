import { getMember, getStringMember } from '../lossless-json/json-members.ts';
import type { JsonNode, JsonObject } from '../lossless-json/json-node.ts';

const dateTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** What can be wrong with the form of a proof. */
export type ProofFault =
  | 'proof-missing'
  | 'proof-type'
  | 'cryptosuite'
  | 'proof-purpose'
  | 'proof-malformed';

/** A proof whose form is right; nothing is verified yet. */
export interface FoundProof {
  readonly ok: true;
  /** The document that holds the proof. */
  readonly document: JsonObject;
  readonly proof: JsonObject;
  /** IRI of the key to verify with. */
  readonly verificationMethod: string;
  readonly proofValue: string;
  /** When the proof says that it was made. */
  readonly created: string | undefined;
  readonly expires: Date | undefined;
}

/**
 * Finds the `eddsa-jcs-2022` proof of a document, the only one or the first of a set, and checks
 * its form: so that a caller knows which key to fetch.
 *
 * @see https://www.w3.org/TR/vc-data-integrity/#proofs
 * @see https://www.w3.org/TR/vc-di-eddsa/#proof-configuration-eddsa-jcs-2022
 */
export function readEddsaJcs2022Proof(
  document: JsonNode,
): FoundProof | { readonly ok: false; readonly reason: ProofFault } {
  const proof = pickProof(getMember(document, 'proof'));
  if (document.kind !== 'object' || proof === undefined) {
    return { ok: false, reason: 'proof-missing' };
  }
  const text = (key: string) => getStringMember(proof, key);
  if (text('type') !== 'DataIntegrityProof') return { ok: false, reason: 'proof-type' };
  if (text('cryptosuite') !== 'eddsa-jcs-2022') return { ok: false, reason: 'cryptosuite' };
  if (text('proofPurpose') !== 'assertionMethod') return { ok: false, reason: 'proof-purpose' };
  const verificationMethod = text('verificationMethod');
  const proofValue = text('proofValue');
  if (verificationMethod === undefined || proofValue === undefined || !areDatesValid(proof)) {
    return { ok: false, reason: 'proof-malformed' };
  }
  const expires = text('expires');
  const expiry = expires === undefined ? undefined : new Date(expires);
  const created = text('created');
  return { ok: true, document, proof, verificationMethod, proofValue, created, expires: expiry };
}

function pickProof(member: JsonNode | undefined): JsonObject | undefined {
  const proofs = member?.kind === 'array' ? member.items : [member];
  const objects = proofs.filter((proof) => proof?.kind === 'object');
  return (
    objects.find((proof) => getStringMember(proof, 'cryptosuite') === 'eddsa-jcs-2022') ??
    objects[0]
  );
}

function areDatesValid(proof: JsonObject): boolean {
  return ['created', 'expires'].every((key) => {
    const member = getMember(proof, key);
    if (member === undefined) return true;
    if (member.kind !== 'string' || !dateTimePattern.test(member.value)) return false;
    return !Number.isNaN(Date.parse(member.value));
  });
}
