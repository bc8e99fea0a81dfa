/**
 * What of this package runs in a browser as well: nothing in here asks Node.js for anything.
 * Digests and signatures over the texts are for the caller to compute.
 */
export { canonicalizeJcs } from './jcs.ts';
export {
  getMember,
  getStringMember,
} from './lossless-json/json-members.ts';
export type { JsonNode, JsonObject } from './lossless-json/json-node.ts';
export { parseLosslessJson } from './lossless-json/parse-lossless-json.ts';
export { decodeBase58Multibase } from './multibase.ts';
export { decodeEd25519Multikey } from './multikey-bytes.ts';
export {
  type FoundProof,
  type ProofFault,
  readEddsaJcs2022Proof,
} from './proofs/data-integrity-proof.ts';
export { type ProofTexts, proofTexts } from './proofs/eddsa-jcs-2022-texts.ts';
export {
  type FoundRsaSignature,
  objectOnlyText,
  packageTexts,
  type ReadRsaSignature,
  readRsaSignature2017,
} from './proofs/rsa-signature-texts.ts';
