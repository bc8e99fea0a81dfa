import type { Collection } from 'mongodb';
import { insertMissing } from '../insert-group.ts';
import type { L1ServerDocument } from '../run-documents.ts';

/** An L1, and how talking with it has gone. */
export interface L1Server extends Omit<L1ServerDocument, '_id'> {
  /** Base URL, as it is configured. */
  readonly l1Server: string;
}

/** The L1s that this server works with. */
export interface L1ServerRepository {
  /** Makes room for what will be learnt of these. */
  ensure(l1Servers: readonly string[]): Promise<void>;
  find(l1Server: string): Promise<L1Server | undefined>;
  list(): Promise<L1Server[]>;
  /** It has answered. */
  noteSuccess(l1Server: string, at: Date): Promise<void>;
  /** It was not reached or has failed; returns how often in a row. */
  noteFailure(l1Server: string, error: string, at: Date): Promise<number>;
  /** Leaves it alone until then. */
  open(l1Server: string, until: Date): Promise<void>;
  /**
   * Takes the one try that an L1 gets when the time of its open breaker is over, until `leaseUntil`;
   * false where another has taken it since `openUntil` was read.
   */
  claimProbe(l1Server: string, openUntil: Date, leaseUntil: Date): Promise<boolean>;
}

/** {@link L1ServerRepository} over the collection `l1_servers`. */
export function createL1ServerRepository(
  collection: Collection<L1ServerDocument>,
): L1ServerRepository {
  return {
    ensure: (l1Servers) =>
      insertMissing(
        collection,
        l1Servers.map((_id) => ({ _id, failures: 0 })),
      ),
    async find(l1Server) {
      const document = await collection.findOne({ _id: l1Server });
      return document ? toL1Server(document) : undefined;
    },
    async list() {
      return (await collection.find().sort({ _id: 1 }).limit(1000).toArray()).map(toL1Server);
    },
    async noteSuccess(l1Server, at) {
      await collection.updateOne(
        { _id: l1Server },
        { $set: { failures: 0, lastSuccessAt: at }, $unset: { openUntil: 1 } },
      );
    },
    async noteFailure(l1Server, error, at) {
      const document = await collection.findOneAndUpdate(
        { _id: l1Server },
        { $inc: { failures: 1 }, $set: { lastErrorAt: at, lastError: error } },
        { returnDocument: 'after' },
      );
      return document?.failures ?? 0;
    },
    async open(l1Server, until) {
      await collection.updateOne({ _id: l1Server }, { $set: { openUntil: until } });
    },
    async claimProbe(l1Server, openUntil, leaseUntil) {
      const result = await collection.updateOne(
        { _id: l1Server, openUntil },
        { $set: { openUntil: leaseUntil } },
      );
      return result.modifiedCount > 0;
    },
  };
}

function toL1Server({ _id, ...rest }: L1ServerDocument): L1Server {
  return { l1Server: _id, ...rest };
}
