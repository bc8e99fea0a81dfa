import { createFileKeyring, type Keyring } from '@artdag/keyring';
import type { UserDocument } from '@artdag/store';
import { originalOfUser, readUserRecord, type UserRecord } from '../records/user-record.ts';
import { importElements, type Meeting } from './import-elements.ts';
import type { ImportRun } from './import-run.ts';
import type { ActorFile } from './read-actor.ts';

/** Kind of the promise that a user carries whose keys are still to be made or published. */
const CREATE_KEYS = 'create-keys';

/** Where users come from beside `users.json`, and what their documents need. */
export interface UserSources {
  readonly actor: ActorFile | undefined;
  /** Users who have key files. */
  readonly keyOwners: readonly string[];
  /** When a user was made of whom nothing says so. */
  readonly fallbackTime: Date;
}

/** Builds the documents of users. */
export interface UserBuilder {
  build(username: string, record?: UserRecord): Promise<UserDocument>;
}

/** A {@link UserBuilder}: public keys are those of key files that are complete by now. */
export function createUserBuilder(
  { actor, fallbackTime }: Pick<UserSources, 'actor' | 'fallbackTime'>,
  { firstUser, keyDirectory }: Pick<ImportRun, 'firstUser' | 'keyDirectory'>,
): UserBuilder {
  const keyring: Pick<Keyring, 'publicKeys'> = createFileKeyring({ directory: keyDirectory });
  return {
    async build(username, record) {
      const found = await keyring.publicKeys(username);
      const keys = found === 'missing' ? null : found;
      const named = actor?.username === username ? actor : undefined;
      const createdAt = record?.createdAt ?? named?.createdAt ?? fallbackTime;
      const own = record?.own ?? {};
      const originalActor = record?.originalActor ?? named?.original;
      const user: UserDocument = {
        _id: username,
        displayName: own.display_name ?? named?.displayName ?? username,
        ...(own.summary !== undefined && { summary: own.summary }),
        ...(own.profile_at !== undefined && { profileAt: new Date(own.profile_at) }),
        ...(own.disabled_at !== undefined && { disabledAt: new Date(own.disabled_at) }),
        ...(own.invite !== undefined && { invite: own.invite }),
        passwordHash: record?.passwordHash ?? null,
        ...(record?.email !== undefined && { email: record.email }),
        role: own.role ?? (username === firstUser ? 'operator' : 'user'),
        createdAt,
        keys,
        ...(originalActor !== undefined && { originalActor }),
        ...(found === 'missing' && {
          outbox: [{ kind: CREATE_KEYS, id: username, at: createdAt }],
        }),
      };
      const original = record && originalOfUser(user, record.members);
      return original === undefined ? user : { ...user, original };
    },
  };
}

/** Imports `users.json`, and those users whom only other files name. */
export async function importUsers(
  builder: UserBuilder,
  { actor, keyOwners }: UserSources,
  run: ImportRun,
): Promise<void> {
  const { users } = run.store.documents;
  await importElements(
    {
      file: 'users',
      documents: users,
      async take(element) {
        const reading = readUserRecord(element);
        if (!reading.ok) return reading;
        const { username, own } = reading.value;
        if (own.keys) run.publicKeys.add(username, own.keys.publicKeyPem);
        return { ok: true, value: { document: await builder.build(username, reading.value) } };
      },
      meet: meetUser,
    },
    run,
  );
  const named = [run.firstUser, ...keyOwners, ...(actor?.username ? [actor.username] : [])];
  await ensureUsers(named, builder, run);
}

/** Makes users whom nothing but their name is known of. */
export async function ensureUsers(
  usernames: Iterable<string>,
  builder: UserBuilder,
  { store, isDryRun }: Pick<ImportRun, 'store' | 'isDryRun'>,
): Promise<void> {
  if (isDryRun) return;
  for (const username of new Set(usernames)) {
    await ensureUser(await builder.build(username), store.documents.users);
  }
}

/** Somebody may register, or log in for the first time, while an import runs. */
async function ensureUser(
  wanted: UserDocument,
  users: ImportRun['store']['documents']['users'],
): Promise<void> {
  const { _id: username } = wanted;
  for (let isDone = false; !isDone; ) {
    const there = (await users.find([username])).get(username);
    const meeting = there ? meetUser(there, wanted) : 'missing';
    if (meeting === 'missing') isDone = !(await users.insertMissing([wanted])).has(username);
    else if (typeof meeting === 'string') isDone = true;
    else isDone = await users.change(username, meeting.expected, meeting.values);
  }
}

/** What a user has of his own stays; what he has not yet is filled in. */
function meetUser(existing: UserDocument, wanted: UserDocument): Meeting<UserDocument> {
  const { passwordHash, displayName, keys } = existing;
  const lacksPassword = passwordHash === null && wanted.passwordHash !== null;
  const lacksName = displayName === existing._id && wanted.displayName !== displayName;
  // Another key that somebody has signed with is refused before: this one was made at a first start.
  const hasOtherKey = keys !== null && wanted.keys?.publicKeyPem !== keys.publicKeyPem;
  const takesKeys = wanted.keys !== null && (keys === null || hasOtherKey);
  const lacksActor = existing.originalActor === undefined && wanted.originalActor !== undefined;
  if (!lacksPassword && !lacksName && !takesKeys && !lacksActor) return 'same';
  return {
    expected: { passwordHash, displayName, keys },
    values: {
      ...(lacksPassword && { passwordHash: wanted.passwordHash }),
      ...(lacksName && { displayName: wanted.displayName }),
      ...(takesKeys && { keys: wanted.keys, outbox: [] }),
      ...(lacksActor && { originalActor: wanted.originalActor }),
    },
  };
}
