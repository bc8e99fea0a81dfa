import type { PublicKeys, Role } from '@artdag/registry';
import type { Collection } from 'mongodb';
import type { UserDocument } from '../documents.ts';
import { createInsertGroup, type InsertResult } from '../insert-group.ts';
import { createOutbox, type Outbox, promise } from '../outbox.ts';
import { createSetAside, type SetAside } from '../set-aside.ts';

/** A user of this server, who has an actor of the same name. */
export interface User {
  readonly username: string;
  readonly displayName: string;
  /** What the user says of himself, as plain text. */
  readonly summary?: string;
  readonly passwordHash: string | null;
  readonly email?: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly keys: PublicKeys | null;
  /** Since when an operator keeps him from logging in and from doing anything. */
  readonly disabledAt?: Date;
}

/** A user who is to get keys. */
export type NewUser = Omit<User, 'keys' | 'disabledAt'> & { readonly invite?: string };

/** What a user may change of his actor. */
export type Profile = Pick<User, 'displayName' | 'summary'>;

/** The users. */
export interface UserRepository {
  readonly outbox: Outbox;
  /** Writes the user with the promise to make his keys, or says that the name or the invite is taken. */
  insert(user: NewUser): Promise<InsertResult>;
  find(username: string): Promise<User | undefined>;
  exists(username: string): Promise<boolean>;
  count(): Promise<number>;
  list(): AsyncIterable<User>;
  /** Users by name, those after `after`. */
  page(after: string | undefined, limit: number): Promise<User[]>;
  /** Records the public keys and keeps the promise. Keys that are there already stay. */
  settleKeys(username: string, keys: PublicKeys): Promise<void>;
  /** Sets the making of keys aside, for the operator to see. */
  failKeys(username: string, reason: string, at: Date): Promise<void>;
  /** Sets the profile as it was at `at`, unless a later one is there already. */
  setProfile(username: string, profile: Profile, at: Date): Promise<void>;
  /** Whether a user with that name was there to change. */
  setPasswordHash(username: string, passwordHash: string): Promise<boolean>;
  /** Keeps a user out since `disabledAt`, or lets him in again; whether there is such a user. */
  setDisabled(username: string, disabledAt: Date | undefined): Promise<boolean>;
  /** Whether there is such a user. */
  setRole(username: string, role: Role): Promise<boolean>;
  /** Lets the holder of a one-time token set the password until `expiresAt`. */
  offerSetup(username: string, tokenHash: string, expiresAt: Date): Promise<void>;
  /** Uses up a one-time token: sets the password of the user who has it, if it is still good. */
  completeSetup(tokenHash: string, passwordHash: string, now: Date): Promise<User | undefined>;
  /** The user whose one-time token this is, if it is still good. */
  findBySetup(tokenHash: string, now: Date): Promise<User | undefined>;
}

/** Kind of the promise that a user carries. */
const CREATE_KEYS = 'create-keys';

/** Keys that could not be made. */
export function setAsideKeys(collection: Collection<UserDocument>): SetAside {
  return createSetAside(collection, { kinds: [CREATE_KEYS], workId: '_id' });
}

/** {@link UserRepository} over the collection `users`. */
export function createUserRepository(collection: Collection<UserDocument>): UserRepository {
  const insert = createInsertGroup(collection);
  return {
    outbox: createOutbox(collection),
    insert: (user) => insert(toDocument(user)),
    async find(username) {
      const document = await collection.findOne({ _id: username });
      return document ? toUser(document) : undefined;
    },
    exists: async (username) =>
      (await collection.countDocuments({ _id: username }, { limit: 1 })) > 0,
    count: () => collection.estimatedDocumentCount(),
    async *list() {
      for await (const document of collection.find({}).sort({ _id: 1 })) yield toUser(document);
    },
    async page(after, limit) {
      const documents = await collection
        .find(after === undefined ? {} : { _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return documents.map(toUser);
    },
    async settleKeys(username, keys) {
      await collection.updateOne(
        { _id: username, keys: null },
        { $set: { keys }, $unset: { failure: 1 }, $pull: { outbox: { kind: CREATE_KEYS } } },
      );
    },
    async failKeys(username, reason, at) {
      await collection.updateOne(
        { _id: username, keys: null },
        {
          $set: { failure: { kind: CREATE_KEYS, reason, at } },
          $pull: { outbox: { kind: CREATE_KEYS } },
        },
      );
    },
    async setProfile(username, { displayName, summary }, at) {
      await collection.updateOne(
        {
          _id: username,
          $or: [{ profileAt: { $exists: false } }, { profileAt: { $lte: at } }],
        },
        {
          $set: { displayName, profileAt: at, ...(summary !== undefined && { summary }) },
          ...(summary === undefined && { $unset: { summary: 1 } }),
        },
      );
    },
    async setPasswordHash(username, passwordHash) {
      const result = await collection.updateOne(
        { _id: username },
        { $set: { passwordHash }, $unset: { setup: 1 } },
      );
      return result.matchedCount === 1;
    },
    async setDisabled(username, disabledAt) {
      const update = disabledAt ? { $set: { disabledAt } } : { $unset: { disabledAt: 1 as const } };
      return (await collection.updateOne({ _id: username }, update)).matchedCount === 1;
    },
    async setRole(username, role) {
      return (await collection.updateOne({ _id: username }, { $set: { role } })).matchedCount === 1;
    },
    async offerSetup(username, tokenHash, expiresAt) {
      await collection.updateOne({ _id: username }, { $set: { setup: { tokenHash, expiresAt } } });
    },
    async completeSetup(tokenHash, passwordHash, now) {
      const document = await collection.findOneAndUpdate(
        { 'setup.tokenHash': tokenHash, 'setup.expiresAt': { $gt: now } },
        { $set: { passwordHash }, $unset: { setup: 1 } },
        { returnDocument: 'after' },
      );
      return document ? toUser(document) : undefined;
    },
    async findBySetup(tokenHash, now) {
      const document = await collection.findOne({
        'setup.tokenHash': tokenHash,
        'setup.expiresAt': { $gt: now },
      });
      return document ? toUser(document) : undefined;
    },
  };
}

function toDocument({ username, ...rest }: NewUser): UserDocument {
  return {
    _id: username,
    ...rest,
    keys: null,
    outbox: [promise(CREATE_KEYS, username, rest.createdAt)],
  };
}

function toUser({
  _id,
  outbox: _outbox,
  failure: _failure,
  setup: _setup,
  invite: _invite,
  profileAt: _profileAt,
  original: _original,
  ...user
}: UserDocument): User {
  return { username: _id, ...user };
}
