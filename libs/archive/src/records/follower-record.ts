import { hostOfIri } from '@artdag/registry';
import type { FollowerDocument } from '@artdag/store';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Element } from '../json-file/element-scanner.ts';
import { joinRawMembers, parseRawMembers, type RawMembers } from '../json-file/raw-members.ts';
import { odd, plainMember, type Reading, readMembers, stringMember } from './reading.ts';

const Own = Type.Object({
  username: Type.Optional(Type.String()),
  since: Type.Optional(Type.String()),
  delivery_inbox: Type.Optional(Type.String()),
  follow_iri: Type.Optional(Type.String()),
});

/** A record of `followers.json`. */
export interface FollowerRecord {
  readonly actorIri: string;
  readonly host: string;
  readonly inbox: string | undefined;
  readonly own: Static<typeof Own>;
  readonly members: RawMembers;
}

const KNOWN = new Set(['actor', 'inbox', 'l2']);
const MAX_IRI = 900;

/** Reads a record of `followers.json`: the IRI of an actor, alone or with his inbox. */
export function readFollowerRecord(element: Element): Reading<FollowerRecord> {
  const alone = readAlone(element);
  const read = alone ?? readMembers(element);
  if (!read.ok) return read;
  const members = read.value;
  const actorIri = stringMember(members, 'actor') ?? '';
  const id = actorIri.slice(0, 128);
  const host = hostOfIri(actorIri);
  if (host === undefined) return odd('actor is no http or https address', id);
  if (actorIri.length > MAX_IRI) return odd(`actor has more than ${MAX_IRI} characters`, id);
  const inbox = stringMember(members, 'inbox') || undefined;
  if (inbox !== undefined && hostOfIri(inbox) === undefined) {
    return odd('inbox is no http or https address', id);
  }
  const own = plainMember(members, 'l2') ?? {};
  if (!Value.Check(Own, own)) return odd('l2 is not as an export writes it', id);
  return { ok: true, value: { actorIri, host, inbox, own, members } };
}

/** The record of a follower, as an export writes it. */
export function writeFollowerRecord(follower: FollowerDocument): string {
  const { username, actorIri, since, deliveryInbox, inbox, followIri, original } = follower;
  const own: Static<typeof Own> = {
    username,
    since: since.toISOString(),
    ...(deliveryInbox !== undefined && { delivery_inbox: deliveryInbox }),
    ...(followIri !== undefined && { follow_iri: followIri }),
  };
  return joinRawMembers([
    ['actor', JSON.stringify(actorIri)],
    ['inbox', inbox === undefined ? undefined : JSON.stringify(inbox)],
    ...parseRawMembers(original ?? '{}'),
    ['l2', JSON.stringify(own)],
  ]);
}

/** Members of a record that a follower has no place for, as an object; undefined where there are none. */
export function furtherOfFollower(members: RawMembers): string | undefined {
  const further = [...members].filter(([name]) => !KNOWN.has(name));
  return further.length > 0 ? joinRawMembers(further) : undefined;
}

function readAlone({ bytes }: Element): Reading<RawMembers> | undefined {
  const text = bytes.toString();
  if (!text.startsWith('"')) return undefined;
  try {
    return { ok: true, value: new Map([['actor', JSON.stringify(JSON.parse(text))]]) };
  } catch {
    return odd('it is not JSON');
  }
}
