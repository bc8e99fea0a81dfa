import type { Collection } from 'mongodb';
import type { ReportDocument } from '../federation-documents.ts';

/** A complaint of a peer, for the operator. */
export interface Report extends Omit<ReportDocument, '_id' | 'expiresAt'> {
  readonly reportId: string;
}

/** What peers have told the operator about. */
export interface ReportRepository {
  /** Stores a report once. */
  put(report: Omit<Report, 'state'>): Promise<void>;
  /** Reports of a state, the newest first. */
  list(state: Report['state'], limit: number): Promise<Report[]>;
  /** Marks a report as dealt with. Whether it was there. */
  close(reportId: string): Promise<boolean>;
}

const KEPT_MS = 180 * 86_400_000;

/** {@link ReportRepository} over the collection `reports`. */
export function createReportRepository(collection: Collection<ReportDocument>): ReportRepository {
  return {
    async put({ reportId, ...report }) {
      const expiresAt = new Date(report.receivedAt.getTime() + KEPT_MS);
      await collection.updateOne(
        { _id: reportId },
        { $setOnInsert: { ...report, state: 'open', expiresAt } },
        { upsert: true },
      );
    },
    async list(state, limit) {
      const documents = await collection
        .find({ state })
        .sort({ receivedAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return documents.map(({ _id, expiresAt: _expiresAt, ...report }) => ({
        reportId: _id,
        ...report,
      }));
    },
    async close(reportId) {
      const result = await collection.updateOne({ _id: reportId }, { $set: { state: 'closed' } });
      return result.matchedCount === 1;
    },
  };
}
