import { hash } from 'node:crypto';

/** A Create that claims a content hash under a name. */
export interface Claim {
  readonly activityId: string;
  readonly username: string;
  readonly at: number;
  readonly isVerified: boolean;
}

/** The claims of an import, by what they claim: about 200 bytes of memory for each. */
export interface ClaimIndex {
  add(contentHash: string, name: string | undefined, claim: Claim): void;
  /** The claim that counts: one that verifies before one that does not, then the earliest. */
  find(contentHash: string, name: string): Claim | undefined;
}

/** An empty {@link ClaimIndex}. */
export function createClaimIndex(): ClaimIndex {
  const claims = new Map<string, Claim>();
  const keep = (key: string, claim: Claim) => {
    const known = claims.get(key);
    if (!known || isBetter(claim, known)) claims.set(key, claim);
  };
  return {
    add(contentHash, name, claim) {
      keep(digest(contentHash), claim);
      if (name !== undefined) keep(digest(contentHash, name), claim);
    },
    find: (contentHash, name) =>
      claims.get(digest(contentHash, name)) ?? claims.get(digest(contentHash)),
  };
}

function isBetter(claim: Claim, known: Claim): boolean {
  if (claim.isVerified !== known.isVerified) return claim.isVerified;
  return claim.at < known.at;
}

/** A key of twelve bytes, however long the texts are: there are as many of them as records. */
export function digest(...texts: readonly string[]): string {
  return hash('sha256', JSON.stringify(texts), 'buffer').toString('latin1', 0, 12);
}
