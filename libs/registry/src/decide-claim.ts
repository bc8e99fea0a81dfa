import type { RegisteredAsset } from './asset.ts';

/** How a wish to register a name meets the asset that already has it. */
export type ClaimDecision = 'same-claim' | 'name-taken';

/**
 * The same owner, name and hash again is the first claim; the name with another hash or by another
 * owner is taken, and so is the name of a claim that was withdrawn. One hash may carry several names.
 */
export function decideClaim(
  existing: Pick<RegisteredAsset, 'owner' | 'contentHash' | 'state'>,
  wanted: { readonly owner: string; readonly contentHash: string },
): ClaimDecision {
  const same = existing.owner === wanted.owner && existing.contentHash === wanted.contentHash;
  return same && existing.state !== 'withdrawn' ? 'same-claim' : 'name-taken';
}
