import { CONTENT_HASH_PATTERN } from '@artdag/registry';
import { parseLosslessJson, pythonCanonical } from '@artdag/signatures';
import type { AssetDocument } from '@artdag/store';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Element } from '../json-file/element-scanner.ts';
import { joinRawMembers, parseRawMembers, type RawMembers } from '../json-file/raw-members.ts';
import { MAX_DEPTH, odd, plainMember, type Reading, readMembers, stringMember } from './reading.ts';

const Own = Type.Object({
  owner: Type.Optional(Type.String()),
  registered_at: Type.Optional(Type.String()),
  activity_id: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  state: Type.Optional(
    Type.Union([
      Type.Literal('pending'),
      Type.Literal('signed'),
      Type.Literal('failed'),
      Type.Literal('withdrawn'),
      Type.Literal('unsigned'),
    ]),
  ),
});

/** A record of `registry.json`. */
export interface AssetRecord {
  readonly asset: Pick<
    AssetDocument,
    '_id' | 'contentHash' | 'assetType' | 'tags' | 'metadata' | 'url' | 'localPath'
  >;
  /** As the registry shows it; undefined where the record says nothing of it. */
  readonly createdAt: string | number | undefined;
  /** Owner as a record of a later original names him: a user name or the IRI of an actor. */
  readonly owner: string | undefined;
  readonly members: RawMembers;
  readonly own: Static<typeof Own>;
  /** What was left out of the asset, because it must not be shown. */
  readonly note: string | undefined;
}

const MAX_NAME = 1024;

/** Reads a record of `registry.json`. */
export function readAssetRecord(element: Element): Reading<AssetRecord> {
  const read = readMembers(element);
  if (!read.ok) return { ...read, id: element.key };
  const members = read.value;
  const name = element.key ?? stringMember(members, 'name');
  if (!name) return odd('name is no text');
  const id = name.slice(0, 128);
  if (name.length > MAX_NAME) return odd(`its name has more than ${MAX_NAME} characters`, id);
  if (!name.isWellFormed() || name.includes('\0')) return odd('its name is not well-formed', id);
  const contentHash = stringMember(members, 'content_hash');
  if (contentHash === undefined || !new RegExp(CONTENT_HASH_PATTERN, 'u').test(contentHash)) {
    return odd('content_hash is none', id);
  }
  const tags = plainMember(members, 'tags') ?? [];
  if (!Value.Check(Type.Array(Type.String({ maxLength: 1024 })), tags))
    return odd('tags are no texts', id);
  const metadata = readMetadata(members.get('metadata'));
  if (metadata === undefined) return odd('metadata are no object', id);
  const createdAt = plainMember(members, 'created_at') ?? undefined;
  if (createdAt !== undefined && !isTimeValue(createdAt)) return odd('created_at is no time', id);
  const own = plainMember(members, 'l2') ?? {};
  if (!Value.Check(Own, own)) return odd('l2 is not as an export writes it', id);
  const url = stringMember(members, 'url');
  const isFit = url === undefined || isWebAddress(url);
  const localPath = stringMember(members, 'local_path') ?? stringMember(members, 'path');
  return {
    ok: true,
    value: {
      asset: {
        _id: name,
        contentHash,
        assetType: (stringMember(members, 'asset_type') || 'unknown').slice(0, 128),
        tags: tags.map((tag) => tag.toWellFormed()),
        metadata,
        ...(url && isFit && { url }),
        ...(localPath && { localPath }),
      },
      createdAt,
      owner: own.owner ?? stringMember(members, 'owner'),
      members,
      own,
      note: isFit ? undefined : 'its url is not shown: it is no http or https address',
    },
  };
}

/** The record of an asset, without what is only ours. */
export function recordOfAsset(asset: AssetDocument): string {
  if (asset.original !== undefined) return asset.original;
  return joinRawMembers([
    ['name', JSON.stringify(asset._id)],
    ['content_hash', JSON.stringify(asset.contentHash)],
    ['asset_type', JSON.stringify(asset.assetType)],
    ['tags', JSON.stringify(asset.tags)],
    ['metadata', asset.metadata],
    ['created_at', JSON.stringify(asset.createdAt)],
    ['url', asset.url === undefined ? undefined : JSON.stringify(asset.url)],
    ['local_path', asset.localPath === undefined ? undefined : JSON.stringify(asset.localPath)],
  ]);
}

/** The record of an asset, as an export writes it. */
export function writeAssetRecord(asset: AssetDocument): string {
  const { owner, registeredAt, activityId, state } = asset;
  const own: Static<typeof Own> = {
    owner,
    registered_at: registeredAt.toISOString(),
    activity_id: activityId,
    state,
  };
  const members = new Map(parseRawMembers(recordOfAsset(asset)));
  return joinRawMembers(members.set('l2', JSON.stringify(own)));
}

/** The record without what is only ours, where the asset does not say all of it. */
export function originalOfAsset(asset: AssetDocument, members: RawMembers): string | undefined {
  const bare = joinRawMembers([...members].filter(([name]) => name !== 'l2'));
  return isSameRecord(bare, recordOfAsset(asset)) ? undefined : bare;
}

/** Whether two records say the same, down to the form of their numbers. */
export function isSameRecord(record: string, other: string): boolean {
  if (record === other) return true;
  const [members, others] = [parseRawMembers(record), parseRawMembers(other)];
  return (
    members.size === others.size &&
    [...members].every(([name, text]) => isSameJson(text, others.get(name)))
  );
}

function isSameJson(text: string, other: string | undefined): boolean {
  return text === other || (other !== undefined && canonical(text) === canonical(other));
}

function canonical(text: string): string {
  return pythonCanonical(parseLosslessJson(text, { maxDepth: MAX_DEPTH }));
}

function readMetadata(text: string | undefined): string | undefined {
  if (text === undefined || text === 'null') return '{}';
  if (!text.startsWith('{')) return undefined;
  return /^\{\s*\}$/.test(text) ? '{}' : text;
}

function isTimeValue(value: unknown): value is string | number {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string';
}

function isWebAddress(url: string): boolean {
  return url === '' || /^https?:$/.test(URL.parse(url)?.protocol ?? '');
}
