import { isSameOrigin } from '@artdag/peers';
import {
  getMember,
  getStringMember,
  type JsonObject,
  readEddsaJcs2022Proof,
  verifyEddsaJcs2022Proof,
} from '@artdag/signatures';
import type { InboxContext, IncomingActivity } from './incoming-activity.ts';

/**
 * Whether an activity shows to whoever gets it who has made it: by a FEP-8b32 proof of its actor
 * that verifies, or by a JSON-LD signature in the form of his, which is for the receivers to verify.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md
 */
export async function isSelfProving(
  { document, actorIri }: Pick<IncomingActivity, 'document' | 'actorIri'>,
  context: Pick<InboxContext, 'resolver' | 'fetch' | 'now'>,
): Promise<boolean> {
  if (isLinkedDataSigned(document, actorIri)) return true;
  const proof = readEddsaJcs2022Proof(document);
  if (!proof.ok || !isSameOrigin(proof.verificationMethod, actorIri)) return false;
  const found = await context.resolver.resolveKey(proof.verificationMethod, {
    fetch: context.fetch,
  });
  if (!found.ok || found.key.owner !== actorIri) return false;
  return verifyEddsaJcs2022Proof(document, found.key.publicKey, context.now()).ok;
}

function isLinkedDataSigned(document: JsonObject, actorIri: string): boolean {
  const signature = getMember(document, 'signature');
  const creator = getStringMember(signature, 'creator');
  const isSigned = getStringMember(signature, 'signatureValue') !== undefined;
  return isSigned && creator !== undefined && isSameOrigin(creator, actorIri);
}
