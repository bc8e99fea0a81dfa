import type { Asset } from './asset.ts';

const SHA3_256 = /^[0-9a-f]{64}$/;

/** Whether an asset gives an address whose bytes can be compared with its hash, and shown. */
export function hasPictureToFetch({
  assetType,
  url,
  contentHash,
}: Pick<Asset, 'assetType' | 'url' | 'contentHash'>): boolean {
  return assetType === 'image' && url !== undefined && SHA3_256.test(contentHash);
}
