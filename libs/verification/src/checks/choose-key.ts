import type { KeyEvidence } from '../evidence/evidence.ts';
import type { KeySet, PublicKey } from '../evidence/read-keys.ts';
import type { KeySource } from '../report.ts';
import { cannotTell, type Finding, fails, holds, notAsked } from './build-step.ts';
import type { KeyChoice } from './check-signature.ts';

/** Keys as far as they could be had. */
export interface KnownKeys {
  readonly evidence: KeyEvidence;
  readonly set: KeySet | undefined;
}

/** The key of an algorithm to check with: the named one, or a bare key whatever it is called. */
export function chooseKey(
  { evidence, set }: KnownKeys,
  algorithm: PublicKey['algorithm'],
  keyId: string | undefined,
): KeyChoice {
  if ('missing' in evidence) return { finding: cannotTell('key-missing', evidence.missing) };
  if (!set) return { finding: cannotTell('key-unusable') };
  const keys = set.keys.filter((key) => key.algorithm === algorithm);
  const key = keys.find((candidate) =>
    set.owner === undefined ? true : candidate.keyId !== undefined && candidate.keyId === keyId,
  );
  if (key) return { key };
  // The user chose to check by the RSA key, which says nothing about a proof.
  if (set.owner === undefined) return { finding: notAsked('proof-key-not-given') };
  return { finding: cannotTell('key-not-listed', keyId ?? 'without a name') };
}

const listed = {
  given: 'owner-given',
  'data-directory': 'owner-data-directory',
  'checked-server': 'owner-checked-server',
  'other-server': 'owner-other-server',
} as const satisfies Record<KeySource, string>;

/** Whether the keys that were used are the actor's, and who says so. */
export function checkKeyOwner(
  { evidence, set }: KnownKeys,
  actor: string,
  choices: readonly KeyChoice[],
): Finding {
  if ('missing' in evidence) return cannotTell('key-missing', evidence.missing);
  if (!set) return cannotTell('key-unusable');
  if (set.owner !== undefined && set.owner !== actor) return fails('other-actor', set.owner);
  const missing = choices.find(({ finding }) => finding?.outcome === 'cannot-tell');
  if (missing?.finding) return missing.finding;
  if (set.owner !== undefined) return holds(listed[evidence.source]);
  return evidence.source === 'data-directory'
    ? holds('owner-data-directory')
    : notAsked('owner-not-said');
}
