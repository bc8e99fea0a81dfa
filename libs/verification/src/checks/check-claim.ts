import type { FileDigests, RegistryAnswer, SaidByActivity } from '../report.ts';
import { cannotTell, type Finding, fails, holds, notAsked } from './build-step.ts';

const digestPattern = /^[0-9a-f]{64}$/;

/** Whether the claim is about the file. */
export function checkContentHash(said: SaidByActivity, file: FileDigests | undefined): Finding {
  if (!file) return notAsked('no-file');
  if (said.contentHash === null) return cannotTell('no-content-hash');
  if (said.contentHash === file.sha3) return holds('file-matches');
  if (said.contentHash === file.sha256) return fails('file-sha256');
  return digestPattern.test(said.contentHash)
    ? fails('file-differs', file.sha3)
    : cannotTell('opaque-hash', said.contentHash);
}

/** Whether the registry knows an earlier claim on the same hash. */
export function checkEarliestClaim(
  said: SaidByActivity,
  registry: RegistryAnswer | undefined,
): Finding {
  if (!isClaim(said)) return notAsked('no-content-hash');
  if (!registry) return notAsked('registry-not-asked');
  switch (registry.state) {
    case 'unreachable':
      return cannotTell('registry-unreachable', registry.url);
    case 'unknown':
      return cannotTell('hash-unknown');
    case 'withdrawn':
      return notAsked('all-withdrawn');
    case 'claimed':
      if (registry.activity === said.id) return holds('is-earliest');
      if (registry.owner === said.actor) return holds('same-owner');
      return registry.owner === null
        ? cannotTell('registry-unreachable', registry.url)
        : fails('claimed-earlier', registry.owner);
  }
}

/** Whether the actor has taken the claim back. */
export function checkNotWithdrawn(
  said: SaidByActivity,
  registry: RegistryAnswer | undefined,
): Finding {
  if (!isClaim(said)) return notAsked('no-content-hash');
  if (!registry) return notAsked('registry-not-asked');
  if (registry.state === 'unreachable') return cannotTell('registry-unreachable', registry.url);
  if (registry.state === 'withdrawn' || registry.isWithdrawn === true) return fails('withdrawn');
  if (registry.activity === said.id || registry.isWithdrawn === false) return holds('stands');
  return cannotTell('standing-unknown');
}

function isClaim({ type, contentHash }: SaidByActivity): boolean {
  return type === 'Create' && contentHash !== null;
}
