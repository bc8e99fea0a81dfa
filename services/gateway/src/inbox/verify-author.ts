import { readEddsaJcs2022Proof, verifyEddsaJcs2022Proof } from '@artdag/signatures';
import { type RefusedPost, refusePost } from './inbox-outcome.ts';
import type { PeerKey, PeerKeys } from './peer-keys.ts';
import type { PostedActivity } from './read-activity.ts';
import { refuseLookup } from './verify-signer.ts';

/** What {@link findAuthorFault} judges by. */
export interface AuthorChecks {
  readonly signer: PeerKey;
  readonly address: string;
  readonly peerKeys: PeerKeys;
  readonly now: Date;
}

/**
 * Why an activity is not known to be its actor's. It is where he signed the request, and where
 * another server forwarded what carries a proof by a key of his.
 *
 * @see https://www.w3.org/TR/activitypub/#inbox-forwarding
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md
 */
export async function findAuthorFault(
  { actorIri, document }: PostedActivity,
  { signer, address, peerKeys, now }: AuthorChecks,
): Promise<RefusedPost | undefined> {
  if (signer.actorIri === actorIri) return undefined;
  const proof = readEddsaJcs2022Proof(document);
  if (!proof.ok) return refusePost('signer-not-actor');
  const found = await peerKeys.find(proof.verificationMethod, address);
  if (found.kind !== 'found') return refuseLookup(found);
  if (found.key.actorIri !== actorIri) return refusePost('signer-not-actor');
  const verdict = verifyEddsaJcs2022Proof(document, found.key.publicKey, now);
  return verdict.ok ? undefined : refusePost('proof-invalid', { detail: verdict.reason });
}
