import { type KeyObject, verify } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { sha256 } from '../digest.ts';
import { getMember, getStringMember } from '../lossless-json/json-members.ts';
import { type JsonNode, jsonObject, jsonString } from '../lossless-json/json-node.ts';
import { pythonCanonical } from '../python-canonical.ts';
import { decodeStrictBase64 } from '../strict-base64.ts';
import type { Sign } from './sign.ts';

const signatureType = 'RsaSignature2017';
const optionsContext = 'https://w3id.org/security/v1';
const coveredMembers = ['@context', 'type', 'id', 'actor', 'object', 'published'] as const;

/** The `signature` member of an activity. */
export interface RsaSignature2017 {
  readonly type: 'RsaSignature2017';
  /** IRI of the key. */
  readonly creator: string;
  /** `YYYY-MM-DDThh:mm:ssZ`. */
  readonly created: string;
  /** Padded base64. */
  readonly signatureValue: string;
}

/** What an `RsaSignature2017` is made of. */
export interface RsaSignatureInput {
  readonly creator: string;
  readonly created: string;
  /** The activity; members beyond the six covered ones do not matter. */
  readonly document: JsonNode;
}

/** Which bytes a signature covers: the original package's 64, or the canonical object alone. */
export type RsaSignatureConvention = 'package' | 'object-only';

/** Outcome of {@link verifyRsaSignature2017}. */
export type RsaSignatureVerdict =
  | { readonly ok: true; readonly convention: RsaSignatureConvention }
  | {
      readonly ok: false;
      readonly reason:
        | 'signature-missing'
        | 'signature-type'
        | 'signature-malformed'
        | 'key-type'
        | 'signature-mismatch';
    };

/**
 * The 64 bytes that are signed: SHA-256 of the canonical signature options, then SHA-256 of the
 * canonical document of `@context`, `type`, `id`, `actor`, `object` and `published`.
 *
 * It is the original package's own form and not that of the Linked Data Signatures draft of the
 * same name: Python's canonical JSON stands in the place of RDF canonicalisation.
 *
 * @throws AppError `validation-failed` where a covered member is missing.
 */
export function buildRsaSignatureInput(input: RsaSignatureInput): Buffer {
  const covered = pickCovered(input.document);
  if (covered === undefined) {
    const detail = `An activity needs ${coveredMembers.join(', ')} to be signed.`;
    throw new AppError('validation-failed', detail);
  }
  return hashInput(input.creator, input.created, covered);
}

/**
 * Makes the `signature` of an activity; it is deterministic for one key.
 *
 * @param sign - RSASSA-PKCS1-v1_5 with SHA-256 over the given bytes
 * @throws AppError `validation-failed` where a covered member is missing.
 */
export async function rsaSignature2017(
  input: RsaSignatureInput,
  sign: Sign,
): Promise<RsaSignature2017> {
  const signature = await sign(buildRsaSignatureInput(input));
  const signatureValue = Buffer.from(signature).toString('base64');
  return { type: signatureType, creator: input.creator, created: input.created, signatureValue };
}

/**
 * Checks the `signature` of an activity by both conventions, the package's first. Whether
 * `creator` is a key of the activity's actor is for the caller to check.
 */
export function verifyRsaSignature2017(
  document: JsonNode,
  publicKey: KeyObject,
): RsaSignatureVerdict {
  const signature = getMember(document, 'signature');
  if (signature?.kind !== 'object') return { ok: false, reason: 'signature-missing' };
  if (getStringMember(signature, 'type') !== signatureType) {
    return { ok: false, reason: 'signature-type' };
  }
  const value = decodeStrictBase64(getStringMember(signature, 'signatureValue') ?? '');
  if (value === undefined || value.length === 0)
    return { ok: false, reason: 'signature-malformed' };
  if (publicKey.asymmetricKeyType !== 'rsa') return { ok: false, reason: 'key-type' };

  const packageBytes = packageInput(document, signature);
  if (packageBytes !== undefined && verify('sha256', packageBytes, publicKey, value)) {
    return { ok: true, convention: 'package' };
  }
  const objectBytes = objectOnlyInput(document);
  if (objectBytes !== undefined && verify('sha256', objectBytes, publicKey, value)) {
    return { ok: true, convention: 'object-only' };
  }
  return { ok: false, reason: 'signature-mismatch' };
}

function packageInput(document: JsonNode, signature: JsonNode): Buffer | undefined {
  const creator = getStringMember(signature, 'creator');
  const created = getStringMember(signature, 'created');
  const covered = pickCovered(document);
  if (creator === undefined || created === undefined || covered === undefined) return undefined;
  return hashInput(creator, created, covered);
}

function objectOnlyInput(document: JsonNode): Buffer | undefined {
  const object = getMember(document, 'object');
  return object && Buffer.from(pythonCanonical(object));
}

function pickCovered(document: JsonNode): JsonNode | undefined {
  const entries: [string, JsonNode][] = [];
  for (const key of coveredMembers) {
    const member = getMember(document, key);
    if (member === undefined) return undefined;
    entries.push([key, member]);
  }
  return jsonObject(entries);
}

function hashInput(creator: string, created: string, covered: JsonNode): Buffer {
  const options = jsonObject([
    ['@context', jsonString(optionsContext)],
    ['type', jsonString(signatureType)],
    ['creator', jsonString(creator)],
    ['created', jsonString(created)],
  ]);
  return Buffer.concat([sha256(pythonCanonical(options)), sha256(pythonCanonical(covered))]);
}
