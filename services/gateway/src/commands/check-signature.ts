import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Iris } from '@artdag/activitypub';
import {
  getMember,
  getStringMember,
  parseLosslessJson,
  verifyRsaSignature2017,
} from '@artdag/signatures';
import type { SignedActivity, User } from '@artdag/store';
import type { SignatureFinding } from './judge-claim.ts';

/** Checks the signature of an activity with the key that its actor has now. */
export function checkSignature(
  { text, actor }: Pick<SignedActivity, 'text' | 'actor'>,
  user: Pick<User, 'keys'> | undefined,
  iris: Iris,
): SignatureFinding {
  const document = parseLosslessJson(text);
  const key = readKey(user?.keys?.publicKeyPem);
  if (!key) return 'no-key';
  const verdict = verifyRsaSignature2017(document, key);
  if (verdict.ok) return verdict.convention;
  if (verdict.reason === 'signature-missing') return 'missing';
  const creator = getStringMember(getMember(document, 'signature'), 'creator');
  return creator === undefined || creator === iris.mainKey(actor) ? 'mismatch' : 'other-key';
}

function readKey(pem: string | undefined): KeyObject | undefined {
  if (pem === undefined) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    // A key that cannot be read is no key: what is said of the claim tells it.
    return undefined;
  }
}
