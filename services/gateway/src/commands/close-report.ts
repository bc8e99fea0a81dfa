import { AppError } from '@artdag/errors';
import type { Report } from '@artdag/store';
import type { GatewayContext } from '../context.ts';

/** An operator's word that a report is dealt with. */
export interface ReportDecision {
  readonly operator: string;
  readonly reportId: string;
}

/**
 * Closes a report and writes that down; a second time changes nothing.
 *
 * @throws AppError `not-found` where there is no such report.
 */
export async function closeReport(
  { operator, reportId }: ReportDecision,
  { store, now }: Pick<GatewayContext, 'store' | 'now'>,
): Promise<Report> {
  const wasOpen = await store.reports.close(reportId);
  const report = await store.reports.find(reportId);
  if (!report) throw new AppError('not-found', 'There is no such report.');
  if (wasOpen)
    await store.audit.insert({ at: now(), operator, action: 'close-report', target: reportId });
  return report;
}
