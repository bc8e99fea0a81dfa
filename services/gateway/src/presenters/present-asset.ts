import type { RegisteredAsset } from '@artdag/registry';
import type { SignedActivity } from '@artdag/store';

/** An asset as the registry lists it: JSON text, because its metadata keep the form of their numbers. */
export function presentAsset(asset: RegisteredAsset): string {
  return withMetadata(assetMembers(asset), asset.metadata);
}

/** An asset on its own: with its owner, and the state of its claim. */
export function presentAssetDetail(asset: RegisteredAsset): string {
  const members = { ...assetMembers(asset), activity_id: asset.activityId, state: asset.state };
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
