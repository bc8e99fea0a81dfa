import type { Fault } from '@artdag/errors';
import type { Asset } from './asset.ts';

/** What one asset may be at most. Lengths are in characters, `metadataBytes` in bytes of UTF-8. */
export const ASSET_LIMITS = {
  name: 512,
  assetType: 64,
  tags: 64,
  tag: 128,
  url: 2048,
  metadataBytes: 65_536,
  metadataDepth: 32,
} as const;

/** A content hash: an opaque token; SHA3-256 in lower-case hex is its normal form. */
export const CONTENT_HASH_PATTERN = '^[A-Za-z0-9._:-]{1,128}$';

/** An asset's type: a word such as `image`, `effect` or `recipe`. */
export const ASSET_TYPE_PATTERN = '^[A-Za-z][A-Za-z0-9._+-]{0,63}$';

/** Every rule that a schema of JSON cannot say; no fault means that the asset may be registered. */
export function admitAsset(asset: Omit<Asset, 'createdAt'>): Fault[] {
  return [
    ...admitName(asset.name),
    ...admitTags(asset.tags),
    ...admitUrl(asset.url),
    ...admitMetadata(asset.metadata),
  ];
}

function admitName(name: string): Fault[] {
  if (name !== name.trim()) return fault('/name', 'must not begin or end with white space');
  if (/\p{Cc}/u.test(name)) return fault('/name', 'must not hold control characters');
  if (!name.isWellFormed()) return fault('/name', 'must be well-formed Unicode');
  if (name === '.' || name === '..') return fault('/name', 'must not be a dot segment of a path');
  return [];
}

function admitTags(tags: readonly string[]): Fault[] {
  return tags.flatMap((tag, index) =>
    tag.isWellFormed() && !/\p{Cc}/u.test(tag)
      ? []
      : fault(`/tags/${index}`, 'must be well-formed Unicode without control characters'),
  );
}

function admitUrl(url: string | undefined): Fault[] {
  if (url === undefined) return [];
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    return fault('/url', 'must be an http or https URL');
  return parsed.username || parsed.password
    ? fault('/url', 'must not hold a user name or password')
    : [];
}

function admitMetadata(metadata: string): Fault[] {
  return Buffer.byteLength(metadata) > ASSET_LIMITS.metadataBytes
    ? fault('/metadata', `must be at most ${ASSET_LIMITS.metadataBytes} bytes of JSON`)
    : [];
}

function fault(pointer: string, message: string): Fault[] {
  return [{ pointer, message }];
}
