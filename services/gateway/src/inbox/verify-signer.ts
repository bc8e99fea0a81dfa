import { type HttpSignature, verifyHttpSignature } from '@artdag/signatures';
import { type RefusedPost, refusePost, refuseSignature } from './inbox-outcome.ts';
import type { KeyLookup, PeerKey, PeerKeys } from './peer-keys.ts';

/** Whose signature it is. */
export type SignerVerdict = { readonly kind: 'verified'; readonly signer: PeerKey } | RefusedPost;

/** Verifies the bytes of a signature by its key; one that does not verify may be an old key's. */
export async function verifySigner(
  signature: HttpSignature,
  address: string,
  peerKeys: PeerKeys,
): Promise<SignerVerdict> {
  const first = await peerKeys.find(signature.keyId, address);
  if (first.kind !== 'found') return refuseLookup(first);
  const verdict = verifyHttpSignature(signature, first.key.publicKey);
  if (verdict.ok) return { kind: 'verified', signer: first.key };
  const second = await peerKeys.findAnew(first.key);
  if (second.kind === 'failed') return refuseSignature(verdict);
  if (second.kind !== 'found') return refuseLookup(second);
  const last = verifyHttpSignature(signature, second.key.publicKey);
  return last.ok ? { kind: 'verified', signer: second.key } : refuseSignature(last);
}

/** Says why there is no key to verify with. */
export function refuseLookup(lookup: Exclude<KeyLookup, { kind: 'found' }>): RefusedPost {
  switch (lookup.kind) {
    case 'failed':
      return refusePost('key-unavailable');
    case 'pending':
      return refusePost('key-pending');
    case 'limited':
      return refusePost('sender-limited', { retryAfter: lookup.retryAfter });
  }
}
