import { composeActivity, joinMembers } from './activity-text.ts';
import { addressPublic } from './addressees.ts';
import type { Iris } from './iris.ts';

const OBJECT_TYPES: ReadonlyMap<string, string> = new Map([
  ['image', 'Image'],
  ['video', 'Video'],
  ['audio', 'Audio'],
]);

/** What the Create of an asset is made from. */
export interface CreateSource {
  readonly activityId: string;
  readonly username: string;
  /** UTC with whole seconds, `2026-01-06T23:01:27Z`. */
  readonly published: string;
  readonly asset: {
    readonly name: string;
    readonly contentHash: string;
    readonly assetType: string;
    /** JSON text of an object; numbers keep the form in which they were sent. */
    readonly metadata: string;
  };
}

/**
 * The JSON text of the unsigned Create that claims an asset.
 *
 * It is composed as text because the signature covers the lexical form of numbers in `metadata`.
 * The same source always gives the same text.
 *
 * @see https://www.w3.org/TR/activitypub/#create-activity-outbox
 */
export function buildCreate(source: CreateSource, iris: Iris): string {
  const addressed = { ...source, ...addressPublic(source.username, iris) };
  return composeActivity('Create', addressed, buildObject(source, iris), iris);
}

/** The ActivityStreams type of an asset: `Image`, `Video`, `Audio`, or `Document` for all else. */
export function objectTypeOf(assetType: string): string {
  return OBJECT_TYPES.get(assetType.toLowerCase()) ?? 'Document';
}

function buildObject({ asset, username }: CreateSource, iris: Iris): string {
  const members: Record<string, string> = {
    type: JSON.stringify(objectTypeOf(asset.assetType)),
    name: JSON.stringify(asset.name),
    id: JSON.stringify(iris.object(asset.contentHash)),
    contentHash: JSON.stringify({ algorithm: 'sha3-256', value: asset.contentHash }),
    attributedTo: JSON.stringify(iris.actor(username)),
  };
  if (asset.metadata !== '{}') members['metadata'] = asset.metadata;
  return joinMembers(members);
}
