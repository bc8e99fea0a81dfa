import type { Iris } from '@artdag/activitypub';
import { isUsername } from '@artdag/registry';
import { getMember, type JsonNode } from '@artdag/signatures';
import type { ActivityDocument } from '@artdag/store';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Element } from '../json-file/element-scanner.ts';
import { joinRawMembers, parseRawMembers, type RawMembers } from '../json-file/raw-members.ts';
import { parseTime } from './parse-time.ts';
import { odd, plainMember, type Reading, readRecord, stringMember } from './reading.ts';

/** What the original's file has no member for: other software overlooks it. */
const Own = Type.Object({
  published_at: Type.Optional(Type.String()),
  signed_at: Type.Optional(Type.String()),
  withdrawn_at: Type.Optional(Type.String()),
  is_public: Type.Optional(Type.Boolean()),
  is_repaired: Type.Optional(Type.Boolean()),
  takes_back: Type.Optional(Type.String()),
  audience: Type.Optional(
    Type.Object({ kind: Type.Literal('actors'), actorIris: Type.Array(Type.String()) }),
  ),
  profile: Type.Optional(
    Type.Object({ displayName: Type.String(), summary: Type.Optional(Type.String()) }),
  ),
});

/** A record of `activities.json`. */
export interface ActivityRecord {
  readonly activityId: string;
  readonly type: string;
  readonly actorIri: string;
  /** User name of the actor. */
  readonly username: string;
  /** When it says that it was published. */
  readonly published: Date | undefined;
  readonly members: RawMembers;
  /** What `object_data` says. */
  readonly object: JsonNode;
  readonly own: Static<typeof Own>;
}

const MEMBERS = [
  'activity_id',
  'activity_type',
  'actor_id',
  'object_data',
  'published',
  'signature',
] as const;
/** Members of an activity that the original does not have, and that no `signature` covers. */
const FURTHER = ['to', 'cc', 'proof'] as const;
const KNOWN = new Set<string>([...MEMBERS, ...FURTHER, 'l2']);
const CONTEXT = 'https://www.w3.org/ns/activitystreams';
const ACTIVITY_ID = /^[A-Za-z0-9._:~-]{1,128}$/;

/** Reads a record of `activities.json`. */
export function readActivityRecord(element: Element, iris: Iris): Reading<ActivityRecord> {
  const read = readRecord(element);
  if (!read.ok) return read;
  const { members, node } = read.value;
  const activityId = stringMember(members, 'activity_id');
  if (activityId === undefined) return odd('activity_id is no text');
  if (!ACTIVITY_ID.test(activityId)) {
    return odd('activity_id cannot stand in an address', activityId.slice(0, 128));
  }
  const type = stringMember(members, 'activity_type');
  if (!type) return odd('activity_type is no text', activityId);
  const actorIri = stringMember(members, 'actor_id');
  if (!actorIri) return odd('actor_id is no text', activityId);
  const object = getMember(node, 'object_data');
  if (!object) return odd('object_data is missing', activityId);
  const own = plainMember(members, 'l2') ?? {};
  if (!Value.Check(Own, own)) return odd('l2 is not as an export writes it', activityId);
  const published = parseTime(plainMember(members, 'published'));
  const username = iris.usernameOf(actorIri);
  if (username === undefined) {
    return odd(`its actor ${actorIri.slice(0, 200)} is not of this server`, activityId);
  }
  if (!isUsername(username)) return odd('its actor cannot be a user', activityId);
  return {
    ok: true,
    value: { activityId, type, actorIri, username, published, members, object, own },
  };
}

/** The activity as it is served, with the texts of the record, under the IRI `id`. */
export function composeActivityText({ members }: ActivityRecord, id: string): string {
  const signature = members.get('signature');
  return joinRawMembers([
    ['@context', JSON.stringify(CONTEXT)],
    ['type', members.get('activity_type')],
    ['id', JSON.stringify(id)],
    ['actor', members.get('actor_id')],
    ['object', members.get('object_data')],
    ['published', members.get('published') ?? '""'],
    ['to', members.get('to')],
    ['cc', members.get('cc')],
    ['signature', signature === 'null' ? undefined : signature],
    ['proof', members.get('proof')],
  ]);
}

/** The record without what is only ours: known members first, so that equal records have equal texts. */
export function bareActivityRecord(members: RawMembers): string {
  const further = [...members].filter(([name]) => !KNOWN.has(name));
  return joinRawMembers([
    ...[...MEMBERS, ...FURTHER].map((name) => [name, members.get(name)] as const),
    ...further,
  ]);
}

/** Whether a served activity says all that its record does. */
export function isWholeRecord(members: RawMembers): boolean {
  return (
    MEMBERS.every((name) => members.has(name)) && [...members.keys()].every((n) => KNOWN.has(n))
  );
}

/** The record of a signed activity, without what is only ours. */
export function recordOfActivity({ _id, original, text }: ActivityDocument): string {
  if (original !== undefined) return original;
  const members = parseRawMembers(text ?? '{}');
  return joinRawMembers([
    ['activity_id', JSON.stringify(_id)],
    ['activity_type', members.get('type')],
    ['actor_id', members.get('actor')],
    ['object_data', members.get('object')],
    ['published', members.get('published')],
    ['signature', members.get('signature') ?? 'null'],
    ['to', members.get('to')],
    ['cc', members.get('cc')],
    ['proof', members.get('proof')],
  ]);
}

/** The record of a signed activity, as an export writes it. */
export function writeActivityRecord(activity: ActivityDocument): string {
  const members = new Map(parseRawMembers(recordOfActivity(activity)));
  return joinRawMembers(members.set('l2', JSON.stringify(ownMembers(activity, members))));
}

function ownMembers(activity: ActivityDocument, members: RawMembers): Static<typeof Own> {
  const { publishedAt, audience, isPublic, takesBack, profile, withdrawnAt } = activity;
  const signedAt = activity.signedAt ?? publishedAt;
  return {
    published_at: publishedAt.toISOString(),
    ...(!isSame(signedAt, signingTime(members) ?? publishedAt) && {
      signed_at: signedAt.toISOString(),
    }),
    ...(withdrawnAt && { withdrawn_at: withdrawnAt.toISOString() }),
    ...(!isPublic && { is_public: false }),
    ...(isRepaired(activity) && { is_repaired: true }),
    ...(takesBack !== undefined && { takes_back: takesBack }),
    ...(audience.kind === 'actors' && {
      audience: { kind: audience.kind, actorIris: [...audience.actorIris] },
    }),
    ...(profile && { profile }),
  };
}

/** Whether the activity is served in another form than that of its record. */
function isRepaired({ original, text }: ActivityDocument): boolean {
  if (original === undefined || text === null) return false;
  const object = parseRawMembers(text).get('object');
  return object !== parseRawMembers(original).get('object_data');
}

/** When a record says that it was signed. */
export function signingTime(members: RawMembers): Date | undefined {
  const signature = plainMember(members, 'signature');
  return typeof signature === 'object' && signature !== null && 'created' in signature
    ? parseTime(signature.created)
    : undefined;
}

function isSame(time: Date, other: Date | undefined): boolean {
  return time.getTime() === other?.getTime();
}
