import type { Report } from '@artdag/store';

/** A complaint of a peer, in wire spelling. */
export function presentReport(report: Report) {
  return {
    id: report.reportId,
    activity: report.activityIri,
    actor: report.actorIri,
    host: report.host,
    objects: [...report.objectIris],
    content: report.content,
    received_at: report.receivedAt.toISOString(),
    state: report.state,
  };
}
