import { hostOfIri } from '@artdag/registry';
import { checkHttpSignature, type RequestHead, readHttpSignature } from '@artdag/signatures';
import { type RefusedPost, refusePost, refuseSignature } from './inbox-outcome.ts';
import type { ReceiveContext } from './receive-activity.ts';
import { type SignerVerdict, verifySigner } from './verify-signer.ts';

/** A signed GET, as it came. */
export interface SignedFetch {
  readonly head: RequestHead;
  /** Address of the peer's end of the connection. */
  readonly address: string;
}

/** Whose signature is on a GET, and that it is nobody's who is blocked. */
export async function verifyFetch(
  { head, address }: SignedFetch,
  { isBlocked, peerKeys, now }: Pick<ReceiveContext, 'isBlocked' | 'peerKeys' | 'now'>,
): Promise<SignerVerdict> {
  const read = readHttpSignature(head);
  if (!read.ok) return refuseSignature(read);
  const fault = checkHttpSignature(head, read.signature, { now: now() });
  if (fault) return refuseSignature(fault);
  const host = hostOfIri(read.signature.keyId);
  if (host === undefined) return refusePost('key-unavailable');
  if (await isBlocked(host)) return blocked;
  const verdict = await verifySigner(read.signature, address, peerKeys);
  if (verdict.kind === 'refused') return verdict;
  const signerHost = hostOfIri(verdict.signer.actorIri) ?? '';
  return (await isBlocked(signerHost)) ? blocked : verdict;
}

/** Like any other signature that is of no use: the blocked need not hear that they are. */
const blocked: RefusedPost = {
  ...refusePost('host-blocked'),
  code: 'unauthenticated',
  detail: 'The HTTP signature is not accepted.',
};
