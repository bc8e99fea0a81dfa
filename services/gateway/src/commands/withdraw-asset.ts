import { addressPublic, buildDelete, deriveActivityId, objectTypeOf } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { formatPublished, type RegisteredAsset } from '@artdag/registry';
import type { PendingActivity, SignedActivity } from '@artdag/store';
import { awaitSignature } from './await-signature.ts';
import {
  findPublication,
  type Publication,
  type PublishContext,
  timeAfter,
} from './publish-activity.ts';

/** A wish to take the claim of an asset back. */
export interface WithdrawalWish {
  readonly username: string;
  readonly name: string;
  readonly waitMs: number;
}

/** The asset as it stands then, and the Delete that says so. */
export interface WithdrawalResult extends Publication {
  readonly asset: RegisteredAsset;
}

/**
 * Withdraws the claim of an asset. The Delete is the one write that decides; what follows from it
 * is done at once, and again when the Delete is sent out. A second time gives the same Delete.
 *
 * @throws AppError `not-found`, `forbidden` where the asset is another's, `conflict` where there is
 * no signed claim, `unavailable` where it is being signed.
 */
export async function withdrawAsset(
  { username, name, waitMs }: WithdrawalWish,
  context: PublishContext,
): Promise<WithdrawalResult> {
  const { store } = context;
  const asset = await store.assets.find(name);
  if (!asset) throw new AppError('not-found', 'No asset has this name.');
  if (asset.owner !== username)
    throw new AppError('forbidden', 'Only its owner may withdraw an asset.');
  const claim = await findClaim(asset, waitMs, context);
  const pending = await buildWithdrawal(asset, claim, context);
  await store.activities.insertPending(pending);
  await store.activities.withdraw(claim.activityId, pending.publishedAt);
  await store.assets.withdraw(claim.activityId);
  const publication = await findPublication(pending.activityId, waitMs, context);
  return { ...publication, asset: { ...asset, state: 'withdrawn' } };
}

async function findClaim(
  asset: RegisteredAsset,
  waitMs: number,
  context: PublishContext,
): Promise<SignedActivity> {
  const { activityId } = asset;
  if (activityId === null || asset.state === 'failed')
    throw new AppError('conflict', 'This asset has no signed claim that could be withdrawn.');
  const claim =
    (await context.store.activities.find(activityId)) ??
    (await awaitSignature(activityId, waitMs, context));
  if (claim) return claim;
  throw new AppError('unavailable', 'The claim is being signed: try again soon.', {
    retryAfter: 5,
  });
}

/** While the owner still claims the hash under another name, only the claim is deleted, not the object. */
async function buildWithdrawal(
  asset: RegisteredAsset,
  claim: SignedActivity,
  { store, iris, now }: PublishContext,
): Promise<PendingActivity> {
  const { owner: username } = asset;
  const { activityId: takesBack, objectIri } = claim;
  const activityId = deriveActivityId('Delete', takesBack);
  const publishedAt = timeAfter(claim, now());
  const deleted = (await store.activities.hasOtherClaim(username, objectIri, takesBack))
    ? { id: iris.activity(takesBack), formerType: 'Create' }
    : { id: objectIri, formerType: objectTypeOf(asset.assetType) };
  const published = formatPublished(publishedAt);
  const draft = buildDelete(
    { activityId, username, published, deleted, ...addressPublic(username, iris) },
    iris,
  );
  return {
    activityId,
    type: 'Delete',
    actor: username,
    publishedAt,
    objectIri,
    takesBack,
    draft,
    audience: { kind: 'followers' },
    isPublic: true,
  };
}
