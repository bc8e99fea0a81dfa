import { isUsername } from '@artdag/registry';
import type { UserDocument } from '@artdag/store';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Element } from '../json-file/element-scanner.ts';
import { joinRawMembers, parseRawMembers, type RawMembers } from '../json-file/raw-members.ts';
import { isSameRecord } from './asset-record.ts';
import { parseTime } from './parse-time.ts';
import { odd, plainMember, type Reading, readMembers, stringMember } from './reading.ts';

const Own = Type.Object({
  display_name: Type.Optional(Type.String()),
  summary: Type.Optional(Type.String()),
  role: Type.Optional(Type.Union([Type.Literal('user'), Type.Literal('operator')])),
  profile_at: Type.Optional(Type.String()),
  disabled_at: Type.Optional(Type.String()),
  invite: Type.Optional(Type.String()),
  keys: Type.Optional(
    Type.Object({ publicKeyPem: Type.String(), publicKeyMultibase: Type.String() }),
  ),
});

/** A record of `users.json`. */
export interface UserRecord {
  readonly username: string;
  readonly passwordHash: string | null;
  readonly email: string | undefined;
  readonly createdAt: Date | undefined;
  readonly own: Static<typeof Own>;
  /** The actor document that he was imported from once, as it was written. */
  readonly originalActor: string | undefined;
  readonly members: RawMembers;
}

/** Forms of a password's hash that a log-in can be checked against. */
const PASSWORD_HASH = /^\$(2[aby]\$\d\d\$[./A-Za-z0-9]{53}|argon2id\$[A-Za-z0-9$,=+/]{20,512})$/;

/** Reads a record of `users.json`. */
export function readUserRecord(element: Element): Reading<UserRecord> {
  const read = readMembers(element);
  if (!read.ok) return { ...read, id: element.key };
  const members = read.value;
  const username = stringMember(members, 'username') ?? element.key;
  if (username === null) return odd('username is no text');
  if (!isUsername(username))
    return odd('its name cannot be that of a user', username.slice(0, 128));
  const own = plainMember(members, 'l2') ?? {};
  if (!Value.Check(Own, own)) return odd('l2 is not as an export writes it', username);
  const passwordHash = plainMember(members, 'password_hash') ?? null;
  if (passwordHash !== null && !isPasswordHash(passwordHash)) {
    return odd('password_hash is neither bcrypt nor argon2id', username);
  }
  const email = stringMember(members, 'email') || undefined;
  const createdAt = parseTime(plainMember(members, 'created_at'));
  const originalActor = parseRawMembers(members.get('l2') ?? '{}').get('actor');
  return {
    ok: true,
    value: { username, passwordHash, email, createdAt, own, originalActor, members },
  };
}

/** The record of a user, without what is only ours and without his password. */
function recordOfUser({ _id, original, email, createdAt }: UserDocument): string {
  if (original !== undefined) return original;
  return joinRawMembers([
    ['username', JSON.stringify(_id)],
    ['created_at', JSON.stringify(createdAt.toISOString())],
    ['email', email === undefined ? undefined : JSON.stringify(email)],
  ]);
}

/** The record of a user, as an export writes it. */
export function writeUserRecord(user: UserDocument): string {
  const { displayName, summary, role, profileAt, disabledAt, invite, keys, originalActor } = user;
  const own: Static<typeof Own> = {
    display_name: displayName,
    ...(summary !== undefined && { summary }),
    role,
    ...(profileAt && { profile_at: profileAt.toISOString() }),
    ...(disabledAt && { disabled_at: disabledAt.toISOString() }),
    ...(invite !== undefined && { invite }),
    ...(keys && { keys }),
  };
  return joinRawMembers(
    new Map(parseRawMembers(recordOfUser(user)))
      .set('password_hash', JSON.stringify(user.passwordHash))
      .set('l2', withMember(JSON.stringify(own), 'actor', originalActor)),
  );
}

function withMember(object: string, name: string, text: string | undefined): string {
  return text === undefined ? object : joinRawMembers([...parseRawMembers(object), [name, text]]);
}

/** The record without what is only ours and without the password, where the user does not say all of it. */
export function originalOfUser(user: UserDocument, members: RawMembers): string | undefined {
  const bare = joinRawMembers(
    [...members].filter(([name]) => name !== 'l2' && name !== 'password_hash'),
  );
  return isSameRecord(bare, recordOfUser(user)) ? undefined : bare;
}

function isPasswordHash(value: unknown): value is string {
  return typeof value === 'string' && PASSWORD_HASH.test(value);
}
