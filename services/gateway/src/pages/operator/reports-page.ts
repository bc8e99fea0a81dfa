import type { Report } from '@artdag/store';
import { html } from 'hono/html';
import { emptyState, iriLink, pager, quote, time } from '../parts/elements.ts';
import { renderTable } from '../parts/table.ts';
import type { Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderAct, renderOperatorPage } from './operator-page.ts';

/** A part of the open reports. */
export interface ReportsView {
  readonly reports: readonly Report[];
  readonly isFirst: boolean;
  readonly next: string | undefined;
  readonly formToken: string;
}

/** What peers complain of and nobody has dealt with, the newest first. */
export function renderReportsPage(view: ReportsView, setting: PageSetting): Page {
  const { reports, isFirst, next, formToken } = view;
  const { m, iris } = setting;
  const { reports: words } = m.operator;
  const rows = reports.map(
    (report) =>
      [
        iriLink(report.actorIri, iris),
        html`${report.objectIris.map((iri) => html`<p>${iriLink(iri, iris)}</p>`)}`,
        quote(report.content, 1000),
        time(report.receivedAt),
        renderAct({
          to: `/admin/reports/${report.reportId}`,
          action: 'close',
          label: words.close,
          formToken,
        }),
      ] as const,
  );
  const headings = [words.from, words.about, words.says, words.at, m.operator.act];
  const links = {
    first: isFirst ? undefined : '/admin/reports',
    next: next && `/admin/reports?cursor=${encodeURIComponent(next)}`,
  };
  const body = html`${rows.length === 0 ? emptyState(words.none) : renderTable(words.title, headings, rows)}
${pager(links, m.list)}`;
  return renderOperatorPage(
    { title: words.title, section: 'reports', body, json: '/moderation/reports' },
    setting,
  );
}
