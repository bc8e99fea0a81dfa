import type { KeyObject } from 'node:crypto';
import type { Iris } from '@artdag/activitypub';
import {
  getMember,
  getStringMember,
  parseLosslessJson,
  type RsaSignatureVerdict,
  verifyRsaSignature2017,
} from '@artdag/signatures';
import type { ActivityDocument } from '@artdag/store';
import { type ActivityRecord, composeActivityText } from '../records/activity-record.ts';
import { MAX_DEPTH } from '../records/reading.ts';

/** An activity as it is served, and what its signature is worth. */
export interface VerifiedText {
  readonly text: string;
  readonly verified: ActivityDocument['verified'];
  /** Why it does not verify. */
  readonly reason?: string;
}

/** Domain that the original's package writes into the ids of activities, whatever the server's is. */
const PACKAGE_BASE = 'https://artdag.rose-ash.com';

const REASONS: Readonly<Record<Extract<RsaSignatureVerdict, { ok: false }>['reason'], string>> = {
  'signature-missing': 'it has no signature',
  'signature-type': 'its signature is no RsaSignature2017',
  'signature-malformed': 'its signature is no base64',
  'key-type': 'the key is no RSA key',
  'signature-mismatch': 'its signature does not match',
};

/**
 * Verifies a record by both conventions. The record has no IRI of the activity, and the signature
 * covers one: of those that the original may have written, the one that verifies is taken.
 */
export function verifyRecord(
  record: ActivityRecord,
  key: KeyObject | undefined,
  iris: Iris,
): VerifiedText {
  const [first = '', ...others] = idsOf(record, iris);
  const text = composeActivityText(record, first);
  const document = parseLosslessJson(text, { maxDepth: MAX_DEPTH });
  const unverified = (reason: string) => ({ text, verified: false as const, reason });
  const creator = getStringMember(getMember(document, 'signature'), 'creator');
  if (creator !== undefined && creator !== `${record.actorIri}#main-key`) {
    return unverified('its signature names a key that is not its actor’s');
  }
  if (!key) return unverified('there is no key of its actor');
  const verdict = verifyRsaSignature2017(document, key);
  if (verdict.ok) return { text, verified: verdict.convention };
  if (verdict.reason !== 'signature-mismatch') return unverified(REASONS[verdict.reason]);
  for (const id of others) {
    const other = composeActivityText(record, id);
    const again = verifyRsaSignature2017(parseLosslessJson(other, { maxDepth: MAX_DEPTH }), key);
    if (again.ok) return { text: other, verified: again.convention };
  }
  return unverified(REASONS[verdict.reason]);
}

/** IRIs under which the original may have signed an activity, this server's first. */
export function idsOf({ activityId }: ActivityRecord, iris: Iris): string[] {
  return [...new Set([iris.activity(activityId), `${PACKAGE_BASE}/activities/${activityId}`])];
}
