import { isAppError } from '@artdag/errors';
import { canonicalizeJcs } from '../jcs.ts';
import { getMember, withMember, withoutMember } from '../lossless-json/json-members.ts';
import type { JsonNode, JsonObject } from '../lossless-json/json-node.ts';
import { toPlainValue } from '../lossless-json/plain-value.ts';
import type { FoundProof } from './data-integrity-proof.ts';

/** Outcome of {@link proofTexts}. */
export type ProofTexts =
  | { readonly ok: true; readonly options: string; readonly document: string }
  | { readonly ok: false; readonly reason: 'context-mismatch' | 'not-canonicalizable' };

/**
 * The two texts whose SHA-256 digests, one after the other, an `eddsa-jcs-2022` proof covers: the
 * canonical proof options and the canonical document without its proof.
 *
 * @see https://www.w3.org/TR/vc-di-eddsa/#hashing-eddsa-jcs-2022
 */
export function proofTexts({ document, proof }: FoundProof): ProofTexts {
  const unsecured = removeProof(document, getMember(proof, '@context'));
  if (unsecured === undefined) return { ok: false, reason: 'context-mismatch' };
  try {
    const options = canonicalizeJcs(withoutMember(proof, 'proofValue'));
    return { ok: true, options, document: canonicalizeJcs(unsecured) };
  } catch (error) {
    if (isAppError(error, 'json-invalid')) return { ok: false, reason: 'not-canonicalizable' };
    throw error;
  }
}

/** The document as it was signed: a `@context` that grew since is cut back to the proof's. */
function removeProof(document: JsonObject, proofContext: JsonNode | undefined) {
  const unsecured = withoutMember(document, 'proof');
  if (proofContext === undefined) return unsecured;
  const expected = listContexts(proofContext);
  const actual = listContexts(getMember(document, '@context'));
  const isPrefix = expected.every((context, index) => context === actual[index]);
  return isPrefix ? withMember(unsecured, '@context', proofContext) : undefined;
}

function listContexts(context: JsonNode | undefined): string[] {
  if (context === undefined) return [];
  const contexts = context.kind === 'array' ? context.items : [context];
  return contexts.map((item) => JSON.stringify(toPlainValue(item)));
}
