import type { RegisteredAsset } from '@artdag/registry';
import type { ReactionCounts, SignedActivity } from '@artdag/store';

/** An asset as the registry lists it, with its state where it was withdrawn: JSON text, because its metadata keep the form of their numbers. */
export function presentAsset(asset: RegisteredAsset): string {
  const isWithdrawn = asset.state === 'withdrawn';
  const members = { ...assetMembers(asset), ...(isWithdrawn && { state: asset.state }) };
  return withMetadata(members, asset.metadata);
}

/** An asset on its own: with the state of its claim, and how often its object was liked and shared. */
export function presentAssetDetail(asset: RegisteredAsset, counts?: ReactionCounts): string {
  const { activityId: activity_id, state } = asset;
  const members = { ...assetMembers(asset), activity_id, state, ...counts };
  return withMetadata(members, asset.metadata);
}

/** The answer to a registration; `activity` is null until it is signed. */
export function presentRegistration(
  asset: RegisteredAsset,
  activity: SignedActivity | undefined,
): string {
  return `{"asset":${presentAssetDetail(asset)},"activity":${activity?.text ?? 'null'}}`;
}

function assetMembers(asset: RegisteredAsset) {
  return {
    name: asset.name,
    content_hash: asset.contentHash,
    asset_type: asset.assetType,
    tags: asset.tags,
    created_at: asset.createdAt,
    ...(asset.url !== undefined && { url: asset.url }),
    ...(asset.localPath !== undefined && { local_path: asset.localPath }),
    owner: asset.owner,
  };
}

function withMetadata(members: object, metadata: string): string {
  return `${JSON.stringify(members).slice(0, -1)},"metadata":${metadata}}`;
}
