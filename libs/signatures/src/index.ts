export { sha256 } from './digest.ts';
export { type CavageHeaders, readCavageSignature, signCavage } from './http/cavage.ts';
export { checkHttpSignature, type HttpSignatureChecks } from './http/check-http-signature.ts';
export {
  buildContentDigest,
  buildDigest,
  type DigestVerdict,
  verifyContentDigest,
  verifyDigest,
} from './http/content-digest.ts';
export type {
  HttpSignature,
  HttpSignatureFault,
  HttpSignatureReason,
  ReadHttpSignature,
} from './http/http-signature.ts';
export type { OutgoingRequest } from './http/outgoing-request.ts';
export { readHttpSignature } from './http/read-http-signature.ts';
export type { HttpHeaders, RequestHead } from './http/request-head.ts';
export { type Rfc9421Headers, readRfc9421Signature, signRfc9421 } from './http/rfc9421.ts';
export { isAcceptableKey, verifyHttpSignature } from './http/verify-http-signature.ts';
export { canonicalizeJcs } from './jcs.ts';
export { depthCeiling } from './lossless-json/depth-ceiling.ts';
export {
  type FindJsonHazardOptions,
  findJsonHazard,
  type JsonHazard,
  type JsonHazardReason,
} from './lossless-json/find-json-hazard.ts';
export {
  getMember,
  getStringMember,
  withMember,
  withoutMember,
} from './lossless-json/json-members.ts';
export {
  type JsonArray,
  type JsonBoolean,
  type JsonNode,
  type JsonNull,
  type JsonNumber,
  type JsonObject,
  type JsonString,
  jsonFalse,
  jsonNull,
  jsonObject,
  jsonString,
  jsonTrue,
} from './lossless-json/json-node.ts';
export {
  type ParseLosslessJsonOptions,
  parseLosslessJson,
} from './lossless-json/parse-lossless-json.ts';
export {
  fromPlainValue,
  type PlainObject,
  type PlainValue,
  toPlainValue,
} from './lossless-json/plain-value.ts';
export { stringifyLossless } from './lossless-json/stringify-lossless.ts';
export { encodeEd25519Multikey, parseEd25519Multikey } from './multikey.ts';
export {
  type FoundProof,
  type ProofFault,
  readEddsaJcs2022Proof,
} from './proofs/data-integrity-proof.ts';
export {
  createEddsaJcs2022Proof,
  type DataIntegrityProof,
  type EddsaJcs2022Input,
  type EddsaJcs2022Verdict,
  verifyEddsaJcs2022Proof,
} from './proofs/eddsa-jcs-2022.ts';
export {
  buildRsaSignatureInput,
  type RsaSignature2017,
  type RsaSignatureConvention,
  type RsaSignatureInput,
  type RsaSignatureVerdict,
  rsaSignature2017,
  verifyRsaSignature2017,
} from './proofs/rsa-signature-2017.ts';
export type { Sign } from './proofs/sign.ts';
export { pythonCanonical } from './python-canonical.ts';
