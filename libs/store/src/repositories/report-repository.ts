import type { Collection } from 'mongodb';
import type { Position } from '../cursor.ts';
import type { ReportDocument } from '../federation-documents.ts';
import { receivedBefore } from '../received-before.ts';

/** A complaint of a peer, for the operator. */
export interface Report extends Omit<ReportDocument, '_id' | 'expiresAt'> {
  readonly reportId: string;
}

/** What peers have told the operator about. */
export interface ReportRepository {
  /** Stores a report once. */
  put(report: Omit<Report, 'state'>): Promise<void>;
  /** Reports of a state, the newest first. */
  page(state: Report['state'], before: Position | undefined, limit: number): Promise<Report[]>;
  find(reportId: string): Promise<Report | undefined>;
  /** Marks a report as dealt with. Whether it was open. */
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
    async page(state, before, limit) {
      const documents = await collection
        .find({ state, ...receivedBefore(before) })
        .sort({ receivedAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return documents.map(toReport);
    },
    async find(reportId) {
      const document = await collection.findOne({ _id: reportId });
      return document ? toReport(document) : undefined;
    },
    async close(reportId) {
      const result = await collection.updateOne(
        { _id: reportId, state: 'open' },
        { $set: { state: 'closed' } },
      );
      return result.matchedCount > 0;
    },
  };
}

function toReport({ _id, expiresAt: _expiresAt, ...report }: ReportDocument): Report {
  return { reportId: _id, ...report };
}
