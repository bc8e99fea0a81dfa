import { createDigestTable, digestOf } from '../compact/digest-table.ts';
import { createTextArena } from '../compact/text-arena.ts';

/** A Create that claims a content hash under a name. */
export interface Claim {
  readonly activityId: string;
  readonly username: string;
  readonly at: number;
  readonly isVerified: boolean;
}

/** The claims of an import, by what they claim: about 130 bytes of memory for each. */
export interface ClaimIndex {
  add(contentHash: string, name: string | undefined, claim: Claim): void;
  /** The claim that counts: one that verifies before one that does not, then the earliest. */
  find(contentHash: string, name: string): Claim | undefined;
}

/** An empty {@link ClaimIndex}. */
export function createClaimIndex(): ClaimIndex {
  const places = createDigestTable();
  const texts = createTextArena();
  const read = (place: number | undefined) =>
    place === undefined ? undefined : readClaim(texts.get(place));
  return {
    add(contentHash, name, claim) {
      let place: number | undefined;
      for (const key of keysOf(contentHash, name)) {
        const known = read(places.get(key));
        if (known && !isBetter(claim, known)) continue;
        place ??= texts.add(writeClaim(claim));
        places.set(key, place);
      }
    },
    find: (contentHash, name) =>
      read(places.get(digestOf(contentHash, name)) ?? places.get(digestOf(contentHash))),
  };
}

function keysOf(contentHash: string, name: string | undefined) {
  return [digestOf(contentHash), ...(name === undefined ? [] : [digestOf(contentHash, name)])];
}

/** Neither an activity's id nor a user name has a space. */
function writeClaim({ activityId, username, at, isVerified }: Claim): string {
  return `${activityId} ${username} ${at} ${isVerified ? 1 : 0}`;
}

function readClaim(text: string): Claim {
  const [activityId = '', username = '', at, isVerified] = text.split(' ');
  return { activityId, username, at: Number(at), isVerified: isVerified === '1' };
}

function isBetter(claim: Claim, known: Claim): boolean {
  if (claim.isVerified !== known.isVerified) return claim.isVerified;
  return claim.at < known.at;
}
