import { AppError } from '@artdag/errors';
import type { SignedActivity, Store } from '@artdag/store';

/** Who claims a content hash: the earliest Create that stands, or when the last one was withdrawn. */
export type FoundObject =
  | { readonly kind: 'claimed'; readonly create: SignedActivity }
  | { readonly kind: 'withdrawn'; readonly at: Date }
  | { readonly kind: 'unknown' };

type Activities = {
  readonly activities: Pick<Store['activities'], 'findEarliestCreate' | 'findWithdrawal'>;
};

/** Looks a content hash up; a hash that is claimed takes one read. */
export async function findObject(
  contentHash: string,
  { activities }: Activities,
): Promise<FoundObject> {
  const create = await activities.findEarliestCreate(contentHash);
  if (create) return { kind: 'claimed', create };
  const at = await activities.findWithdrawal(contentHash);
  return at ? { kind: 'withdrawn', at } : { kind: 'unknown' };
}

/** @throws AppError `not-found`, or `gone` where every claim was withdrawn. */
export async function requireStandingClaim(
  contentHash: string,
  store: Activities,
): Promise<SignedActivity> {
  const found = await findObject(contentHash, store);
  switch (found.kind) {
    case 'claimed':
      return found.create;
    case 'withdrawn':
      throw new AppError('gone', 'The claim of this content hash was withdrawn.');
    case 'unknown':
      throw new AppError('not-found', 'No signed claim has this content hash.');
  }
}
