import {
  type FoundRsaSignature,
  getMember,
  type JsonObject,
  objectOnlyText,
  packageTexts,
  readRsaSignature2017,
} from '@artdag/signatures/portable';
import { decodeBase64, encodeUtf8, joinDigests, sha256Hex } from '../bytes.ts';
import type { PublicKey } from '../evidence/read-keys.ts';
import type { Signed } from '../report.ts';
import type { SignatureCrypto } from '../signature-crypto.ts';
import { cannotTell, type Finding, fails, holds, notAsked } from './build-step.ts';

/** What is found of a signature, and what it covers where it holds. */
export interface SignatureResult {
  readonly finding: Finding;
  readonly signed?: Signed;
}

/** Which text the RSA signature covers. */
export function checkCanonicalText(document: JsonObject): Finding {
  const found = readRsaSignature2017(document);
  if (!found.ok) return notAsked('signature-missing');
  const texts = packageTexts(document, { creator: '', created: '' });
  if (texts) return holds('text-rebuilt', '@context, type, id, actor, object and published');
  return objectOnlyText(document) === undefined
    ? fails('text-incomplete')
    : holds('text-rebuilt', 'object');
}

/** Checks the RSA signature by both conventions, the package's first. */
export async function checkSignature(
  document: JsonObject,
  choice: KeyChoice,
  crypto: SignatureCrypto,
): Promise<SignatureResult> {
  const found = readRsaSignature2017(document);
  if (!found.ok) return { finding: judgeMissing(document, found.reason) };
  const value = decodeBase64(found.signatureValue);
  if (value === undefined || value.length === 0) return { finding: fails('signature-malformed') };
  if (!choice.key) return { finding: choice.finding };
  const spki = choice.key.bytes;
  for (const { convention, text, bytes } of listCovered(document, found)) {
    const verdict = await crypto.verifyRsa(spki, bytes, value);
    if (verdict === 'unusable') return { finding: cannotTell('key-unusable') };
    if (verdict === 'unavailable') return { finding: cannotTell('crypto-unavailable') };
    if (verdict === 'valid') {
      const signed = {
        convention,
        keyId: found.creator ?? null,
        created: found.created ?? null,
        text,
        textSha256: sha256Hex(encodeUtf8(text)),
      };
      return { finding: holds(`signature-${convention}`), signed };
    }
  }
  return { finding: fails('signature-mismatch') };
}

/** The key to check with, or why there is none. */
export type KeyChoice =
  | { readonly key: PublicKey; readonly finding?: never }
  | { readonly key?: never; readonly finding: Finding };

function judgeMissing(document: JsonObject, reason: 'signature-missing' | 'signature-type') {
  const hasProof = getMember(document, 'proof')?.kind === 'object';
  if (reason === 'signature-missing' && hasProof) return notAsked('signature-absent');
  return fails(reason);
}

function listCovered(document: JsonObject, { creator, created }: FoundRsaSignature) {
  const covered: {
    convention: 'package' | 'object-only';
    text: string;
    bytes: Uint8Array;
  }[] = [];
  if (creator !== undefined && created !== undefined) {
    const texts = packageTexts(document, { creator, created });
    if (texts) {
      const bytes = joinDigests(texts.options, texts.document);
      covered.push({ convention: 'package', text: texts.document, bytes });
    }
  }
  const text = objectOnlyText(document);
  if (text !== undefined)
    covered.push({ convention: 'object-only', text, bytes: encodeUtf8(text) });
  return covered;
}
