import type { Collection } from 'mongodb';
import type { L1NoticeRecord, OutboxEntry, TokenDocument } from '../documents.ts';
import { createOutbox, type Outbox } from '../outbox.ts';
import { createSetAside, type SetAside } from '../set-aside.ts';

/** What an L1 is to be told: that the access of a user has ended. */
export interface L1Notice extends L1NoticeRecord {
  readonly username: string;
}

/** What L1s are to be told of revoked tokens, kept beside the revocation itself. */
export interface L1NoticeRepository {
  readonly outbox: Outbox;
  find(id: string): Promise<L1Notice | undefined>;
  /** The L1 has heard it. A second time changes nothing. */
  settle(id: string): Promise<void>;
  /** Notes that a try has failed; the relay looks again at `until`. */
  postpone(id: string, tries: number, until: Date): Promise<void>;
  /** Gives it up, for the operator to see. */
  fail(id: string, reason: string, at: Date): Promise<void>;
}

/** Kind of the promise to tell an L1. */
const NOTIFY_L1 = 'notify-l1';

/** A notice with the promise to give it, as parts of the document that revokes. */
export function buildNotices(
  notices: ReadonlyMap<string, string>,
  at: Date,
): { notices: L1NoticeRecord[]; outbox: OutboxEntry[] } {
  const pairs = [...notices];
  return {
    notices: pairs.map(([id, l1Server]) => ({ id, l1Server, tries: 0, endedAt: at })),
    outbox: pairs.map(([id]) => ({ kind: NOTIFY_L1, id, at })),
  };
}

/** Notices that no L1 took. One document may have several: trying again is for all of them. */
export function setAsideNotices(collection: Collection<TokenDocument>): SetAside {
  return createSetAside(collection, {
    kinds: [NOTIFY_L1],
    workId: 'failure.id',
    promises: (now) => ({
      $map: {
        input: '$notices',
        as: 'notice',
        in: { kind: NOTIFY_L1, id: '$$notice.id', at: now },
      },
    }),
  });
}

/** {@link L1NoticeRepository} over the collection `tokens`. */
export function createL1NoticeRepository(
  collection: Collection<TokenDocument>,
): L1NoticeRepository {
  const promised = (id: string) => ({
    'outbox.id': id,
    outbox: { $elemMatch: { kind: NOTIFY_L1, id } },
  });
  const removal = (id: string) => ({ outbox: { kind: NOTIFY_L1, id }, notices: { id } });
  return {
    outbox: createOutbox(collection),
    async find(id) {
      const document = await collection.findOne(promised(id));
      const notice = document?.notices?.find((candidate) => candidate.id === id);
      return document && notice ? { ...notice, username: document.username } : undefined;
    },
    async settle(id) {
      await collection.updateOne(promised(id), { $pull: removal(id) });
    },
    async postpone(id, tries, until) {
      await collection.updateOne(
        promised(id),
        { $set: { 'outbox.$[entry].at': until, 'notices.$[notice].tries': tries } },
        { arrayFilters: [{ 'entry.kind': NOTIFY_L1, 'entry.id': id }, { 'notice.id': id }] },
      );
    },
    async fail(id, reason, at) {
      const failure = { kind: NOTIFY_L1, reason, at, id };
      const $pull = { outbox: { kind: NOTIFY_L1, id } };
      await collection.updateOne(promised(id), { $set: { failure }, $pull });
    },
  };
}
