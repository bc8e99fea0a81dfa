import type { AuditEntry } from '@artdag/store';
import { html } from 'hono/html';
import { emptyState, pager, quote, time } from '../parts/elements.ts';
import { renderTable } from '../parts/table.ts';
import type { Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderOperatorPage } from './operator-page.ts';

/** A part of the audit. */
export interface AuditView {
  readonly entries: readonly AuditEntry[];
  readonly isFirst: boolean;
  readonly next: string | undefined;
}

/** What operators did, the newest first. */
export function renderAuditPage({ entries, isFirst, next }: AuditView, setting: PageSetting): Page {
  const { m } = setting;
  const { audit: words } = m.operator;
  const rows = entries.map(
    ({ at, operator, action, target, count }) =>
      [time(at), quote(operator), action, quote(target), count ?? ''] as const,
  );
  const headings = [words.at, words.operator, words.action, words.target, words.count];
  const links = {
    first: isFirst ? undefined : '/admin/audit',
    next: next && `/admin/audit?cursor=${encodeURIComponent(next)}`,
  };
  const body = html`${rows.length === 0 ? emptyState(words.none) : renderTable(words.title, headings, rows)}
${pager(links, m.list)}`;
  return renderOperatorPage(
    { title: words.title, section: 'audit', body, json: '/moderation/audit' },
    setting,
  );
}
