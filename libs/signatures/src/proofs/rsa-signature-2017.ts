import { type KeyObject, verify } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { sha256 } from '../digest.ts';
import type { JsonNode } from '../lossless-json/json-node.ts';
import { decodeStrictBase64 } from '../strict-base64.ts';
import {
  type FoundRsaSignature,
  objectOnlyText,
  packageTexts,
  readRsaSignature2017,
} from './rsa-signature-texts.ts';
import type { Sign } from './sign.ts';

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
 * canonical document; {@link packageTexts} says which those are.
 *
 * @throws AppError `validation-failed` where a covered member is missing.
 */
export function buildRsaSignatureInput({ document, ...options }: RsaSignatureInput): Buffer {
  const texts = packageTexts(document, options);
  if (texts === undefined) {
    const detail = 'A covered member is missing: an activity cannot be signed without it.';
    throw new AppError('validation-failed', detail);
  }
  return Buffer.concat([sha256(texts.options), sha256(texts.document)]);
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
  const { creator, created } = input;
  return { type: 'RsaSignature2017', creator, created, signatureValue };
}

/**
 * Checks the `signature` of an activity by both conventions, the package's first. Whether
 * `creator` is a key of the activity's actor is for the caller to check.
 */
export function verifyRsaSignature2017(
  document: JsonNode,
  publicKey: KeyObject,
): RsaSignatureVerdict {
  const found = readRsaSignature2017(document);
  if (!found.ok) return found;
  const value = decodeStrictBase64(found.signatureValue);
  if (value === undefined || value.length === 0)
    return { ok: false, reason: 'signature-malformed' };
  if (publicKey.asymmetricKeyType !== 'rsa') return { ok: false, reason: 'key-type' };

  const packageBytes = packageInput(document, found);
  if (packageBytes !== undefined && verify('sha256', packageBytes, publicKey, value)) {
    return { ok: true, convention: 'package' };
  }
  const objectText = objectOnlyText(document);
  if (objectText !== undefined && verify('sha256', Buffer.from(objectText), publicKey, value)) {
    return { ok: true, convention: 'object-only' };
  }
  return { ok: false, reason: 'signature-mismatch' };
}

function packageInput(
  document: JsonNode,
  { creator, created }: FoundRsaSignature,
): Buffer | undefined {
  if (creator === undefined || created === undefined) return undefined;
  const texts = packageTexts(document, { creator, created });
  return texts && Buffer.concat([sha256(texts.options), sha256(texts.document)]);
}
