import type { Collection, Document, Filter } from 'mongodb';
import type { FailureRecord, OutboxDocument } from './documents.ts';

/** Names a group of failures: what was to be done, why it failed, and at whose host. */
export interface FailureKey {
  /** Name of the contract. */
  readonly kind: string;
  readonly reason: string;
  /** The peer's host, where the work concerns one. */
  readonly host?: string | undefined;
}

/** Failures of the same kind for the same reason at the same host. */
export interface FailureGroup extends FailureKey {
  readonly count: number;
  readonly oldestAt: Date;
  readonly latestAt: Date;
}

/** Work that was given up in one collection, and what can be done about it. */
export interface SetAside {
  /** Contracts whose work is promised in the collection. */
  readonly kinds: readonly string[];
  groups(): Promise<FailureGroup[]>;
  /** Ids of works of a group, at most `limit`. */
  list(key: FailureKey, limit: number): Promise<string[]>;
  count(key: FailureKey): Promise<number>;
  /** Makes the promises of these works again, where they are still set aside; returns how many. */
  restore(workIds: readonly string[], kind: string, now: Date): Promise<number>;
  /** Takes these works off the list of failures for good; returns how many. */
  dismiss(workIds: readonly string[], kind: string): Promise<number>;
  /** Gives a promise up that still stands, on an operator's order; whether there was one. */
  drop(workId: string, failure: FailureRecord): Promise<boolean>;
}

/** A document whose work can be given up. */
export interface FailableDocument extends OutboxDocument {
  readonly failure?: FailureRecord;
  /** A failure that an operator has seen and wants nothing done about. */
  readonly dismissed?: FailureRecord;
  readonly state?: string;
  readonly host?: string;
}

/** What is peculiar to one collection. */
export interface SetAsideOptions {
  readonly kinds: readonly string[];
  /** Field that holds the id of the work. */
  readonly workId: '_id' | 'activityId' | 'failure.id';
  /** Whether documents have a field `host` with the peer's host that the work concerns. */
  readonly hasHost?: boolean;
  /** What a document looks like whose work was given up, apart from its `failure`. */
  readonly failed?: { readonly state: string };
  /** The promises that its restoration makes, as an expression over the document; else the one that was given up. */
  readonly promises?: (now: Date) => Document;
  /** What its restoration sets. */
  readonly restored?: (now: Date) => Document;
  /** Fields that its restoration takes away. */
  readonly forgotten?: readonly string[];
  /** What taking a failure off the list sets. */
  readonly dismissed?: { readonly state: string };
  /** What dropping work that is still promised sets. */
  readonly dropped?: (at: Date) => Document;
}

/** {@link SetAside} over the documents of `source`. */
export function createSetAside<D extends OutboxDocument>(
  source: Collection<D>,
  options: SetAsideOptions,
): SetAside {
  // Promises and failures have the same form in every collection.
  const collection = source as unknown as Collection<FailableDocument>;
  const {
    kinds,
    workId,
    failed = {},
    promises,
    restored,
    forgotten = [],
    dismissed,
    dropped,
  } = options;
  const hasHost = options.hasHost ?? false;
  const inGroup = ({ kind, reason, host }: FailureKey): Filter<FailableDocument> => ({
    ...failed,
    'failure.kind': kind,
    'failure.reason': reason,
    ...(hasHost && { host: host ?? '' }),
  });
  const among = (workIds: readonly string[], kind: string): Filter<FailableDocument> => ({
    ...failed,
    [workId]: { $in: [...workIds] },
    'failure.kind': kind,
  });
  return {
    kinds,
    async groups() {
      const groups = await collection
        .aggregate<GroupRow>([
          { $match: { 'failure.kind': { $in: [...kinds] }, ...failed } },
          {
            $group: {
              _id: {
                kind: '$failure.kind',
                reason: '$failure.reason',
                ...(hasHost && { host: '$host' }),
              },
              count: { $sum: 1 },
              oldestAt: { $min: '$failure.at' },
              latestAt: { $max: '$failure.at' },
            },
          },
        ])
        .toArray();
      return groups.map(({ _id, ...rest }) => ({ ..._id, ...rest }));
    },
    async list(key, limit) {
      const works = await collection
        .aggregate<{ work: string }>([
          { $match: inGroup(key) },
          { $limit: limit },
          { $project: { work: `$${workId}` } },
        ])
        .toArray();
      return works.map(({ work }) => work);
    },
    count: (key) => collection.countDocuments(inGroup(key)),
    async restore(workIds, kind, now) {
      const promise = { kind: '$failure.kind', id: `$${workId}`, at: now };
      const again = promises?.(now) ?? [promise];
      const standing = { $concatArrays: [{ $ifNull: ['$outbox', []] }, again] };
      const result = await collection.updateMany(among(workIds, kind), [
        { $set: { ...restored?.(now), outbox: standing } },
        { $unset: ['failure', ...forgotten] },
      ]);
      return result.modifiedCount;
    },
    async dismiss(workIds, kind) {
      const result = await collection.updateMany(among(workIds, kind), {
        $rename: { failure: 'dismissed' },
        ...(dismissed && { $set: dismissed }),
      });
      return result.modifiedCount;
    },
    async drop(id, failure) {
      const result = await collection.updateOne(
        { 'outbox.id': id, outbox: { $elemMatch: { kind: failure.kind, id } } },
        {
          $set: { dismissed: failure, ...dropped?.(failure.at) },
          $pull: { outbox: { kind: failure.kind, id } },
        },
      );
      return result.modifiedCount > 0;
    },
  };
}

interface GroupRow extends Omit<FailureGroup, keyof FailureKey> {
  readonly _id: FailureKey;
}
