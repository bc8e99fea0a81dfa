import type { Collection, Filter } from 'mongodb';
import type { Position } from '../cursor.ts';
import type { TokenDocument } from '../documents.ts';
import { createInsertGroup } from '../insert-group.ts';
import { buildNotices } from './l1-notice-repository.ts';

/** What names a token, whoever has made it. */
export interface TokenRecord {
  readonly tokenId: string;
  readonly username: string;
  readonly expiresAt: Date;
}

/** A token that this server has issued. */
export interface IssuedTokenRecord extends TokenRecord {
  readonly issuedAt: Date;
  /** When it was used last, within an hour. */
  readonly lastUsedAt: Date;
  /** The L1 that it is for, where it is for one only. */
  readonly scope?: string;
  /** L1s that have it. */
  readonly l1Servers: readonly string[];
}

/** Whether a token is still good, and what was noted of it. */
export interface TokenStanding {
  readonly isRevoked: boolean;
  readonly lastUsedAt: Date | undefined;
  readonly l1Servers: readonly string[];
}

/** A revocation, and the L1s that hear of it: from the id of the notice to the L1. */
export interface RevokedToken extends TokenRecord {
  readonly at: Date;
  readonly notices: ReadonlyMap<string, string>;
}

/**
 * Tokens until they end: which were issued, which are revoked. A token whose id is `PARENT.CHILD` was
 * made from the token `PARENT`, ends no later, and is revoked together with it.
 */
export interface TokenRepository {
  insert(token: IssuedTokenRecord): Promise<void>;
  /** `issuedAt` as the token says it; nothing where it does not. */
  standing(
    token: Pick<TokenRecord, 'tokenId' | 'username'> & { issuedAt: Date | undefined },
  ): Promise<TokenStanding>;
  /** Notes that a token was used, unless that was noted since `unless`. */
  noteUse(tokenId: string, at: Date, unless: Date): Promise<void>;
  /** Notes that an L1 has a token. */
  noteHolder(token: TokenRecord, l1Server: string): Promise<void>;
  /** L1s that have a token of the user which may still be good. */
  holders(username: string, now: Date): Promise<string[]>;
  find(username: string, tokenId: string): Promise<IssuedTokenRecord | undefined>;
  /** Issued tokens that are still good, the newest first; `last` is where the next page begins. */
  page(
    username: string,
    now: Date,
    after: Position | undefined,
    limit: number,
  ): Promise<{ tokens: IssuedTokenRecord[]; last: Position | undefined }>;
  /** Revokes one token and all that were made from it. A second time changes nothing. */
  revoke(revocation: RevokedToken): Promise<void>;
  /** Revokes every token of the user that was issued so far, also those that other software made. */
  revokeAll(username: string, revocation: Pick<RevokedToken, 'at' | 'notices'>): Promise<void>;
  /** Tokens of the user that were issued before this moment are revoked. */
  revokedBefore(username: string): Promise<Date | undefined>;
}

/** Tokens of other software may end at any time, so this is kept for good. */
const NEVER = new Date(Date.UTC(9999, 11, 31));

/** {@link TokenRepository} over the collection `tokens`. */
export function createTokenRepository(collection: Collection<TokenDocument>): TokenRepository {
  const insert = createInsertGroup(collection);

  /** Changes a document, and makes it first where it is missing. Races end with one document. */
  async function change(
    document: TokenDocument,
    filter: Filter<TokenDocument>,
    update: Parameters<typeof collection.updateOne>[1],
  ): Promise<void> {
    const isThere = async () => (await collection.updateOne(filter, update)).matchedCount > 0;
    if (await isThere()) return;
    if ((await insert(document)) === 'duplicate') await isThere();
  }

  async function newestIssue(username: string): Promise<number> {
    const query = { username, issuedAt: { $exists: true } };
    const newest = await collection.findOne(query, { sort: { issuedAt: -1, _id: -1 } });
    return newest?.issuedAt?.getTime() ?? 0;
  }

  return {
    async insert({ tokenId, ...token }) {
      await insert({ _id: tokenId, ...token });
    },
    async standing({ tokenId, username, issuedAt }) {
      const ids = [tokenId, parentOf(tokenId), idOfAll(username)];
      const documents = await collection.find({ _id: { $in: ids } }).toArray();
      const own = documents.find(({ _id }) => _id === tokenId);
      return {
        isRevoked: documents.some((document) => isRevokedBy(document, issuedAt)),
        lastUsedAt: own?.lastUsedAt,
        l1Servers: own?.l1Servers ?? [],
      };
    },
    async noteUse(tokenId, at, unless) {
      await collection.updateOne(
        { _id: tokenId, lastUsedAt: { $lt: unless } },
        { $set: { lastUsedAt: at } },
      );
    },
    noteHolder: ({ tokenId, ...token }, l1Server) =>
      change(
        { _id: tokenId, ...token, l1Servers: [l1Server] },
        { _id: tokenId },
        { $addToSet: { l1Servers: l1Server } },
      ),
    async holders(username, now) {
      const all = await collection.findOne({ _id: idOfAll(username) });
      const documents = await collection
        .find(
          { ...aliveOf(username, now), l1Servers: { $exists: true } },
          { projection: { issuedAt: 1, l1Servers: 1 } },
        )
        .toArray();
      const alive = documents.filter(({ issuedAt }) => !(all && isRevokedBy(all, issuedAt)));
      return [...new Set(alive.flatMap(({ l1Servers }) => l1Servers ?? []))];
    },
    async find(username, tokenId) {
      const document = await collection.findOne({ _id: tokenId, username });
      return document ? toRecord(document) : undefined;
    },
    async page(username, now, after, limit) {
      const all = await collection.findOne({ _id: idOfAll(username) });
      const issuedAt = { $gte: all?.revokedBefore ?? new Date(0) };
      const query = { ...aliveOf(username, now), issuedAt };
      const documents = await collection
        .find(after ? { $and: [query, isBefore(after)] } : query)
        .sort({ issuedAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
      const parents = await collection
        .find({
          _id: { $in: documents.map(({ _id }) => parentOf(_id)) },
          revokedAt: { $exists: true },
        })
        .toArray();
      const revoked = new Set(parents.map(({ _id }) => _id));
      const alive = documents.filter(({ _id }) => !revoked.has(parentOf(_id)));
      const last = documents.length === limit ? documents.at(-1) : undefined;
      return {
        tokens: alive.flatMap((document) => toRecord(document) ?? []),
        last: last?.issuedAt && { at: last.issuedAt, id: last._id },
      };
    },
    async revoke({ tokenId, at, notices, ...token }) {
      const promised = buildNotices(notices, at);
      await change(
        { _id: tokenId, ...token, revokedAt: at, ...promised },
        { _id: tokenId, revokedAt: { $exists: false } },
        { $set: { revokedAt: at }, $push: pushOf(promised) },
      );
    },
    async revokeAll(username, { at, notices }) {
      const promised = buildNotices(notices, at);
      // The next whole second, as tokens tell seconds; and past what a clock that is ahead has issued.
      const last = Math.max(at.getTime(), await newestIssue(username));
      const revokedBefore = new Date((Math.floor(last / 1000) + 1) * 1000);
      const _id = idOfAll(username);
      await change(
        { _id, username, expiresAt: NEVER, revokedBefore, ...promised },
        { _id },
        { $max: { revokedBefore }, $push: pushOf(promised) },
      );
    },
    async revokedBefore(username) {
      return (await collection.findOne({ _id: idOfAll(username) }))?.revokedBefore;
    },
  };
}

/** No token has such an id: theirs hold no colon. */
function idOfAll(username: string): string {
  return `user:${username}`;
}

function parentOf(tokenId: string): string {
  return tokenId.split('.')[0] ?? tokenId;
}

function isRevokedBy(document: TokenDocument, issuedAt: Date | undefined): boolean {
  if (document.revokedAt) return true;
  return document.revokedBefore !== undefined && !(issuedAt && issuedAt >= document.revokedBefore);
}

function aliveOf(username: string, now: Date): Filter<TokenDocument> {
  return { username, expiresAt: { $gt: now }, revokedAt: { $exists: false } };
}

function isBefore({ at, id }: Position): Filter<TokenDocument> {
  return { $or: [{ issuedAt: { $lt: at } }, { issuedAt: at, _id: { $lt: id } }] };
}

function pushOf({ notices, outbox }: ReturnType<typeof buildNotices>) {
  return { notices: { $each: notices }, outbox: { $each: outbox } };
}

function toRecord(document: TokenDocument): IssuedTokenRecord | undefined {
  const { _id, username, expiresAt, issuedAt, lastUsedAt, scope, l1Servers } = document;
  if (!issuedAt) return undefined;
  return {
    tokenId: _id,
    username,
    expiresAt,
    issuedAt,
    lastUsedAt: lastUsedAt ?? issuedAt,
    ...(scope !== undefined && { scope }),
    l1Servers: l1Servers ?? [],
  };
}
