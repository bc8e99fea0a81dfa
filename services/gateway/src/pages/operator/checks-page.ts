import type { Finding } from '@artdag/diagnostics';
import { html } from 'hono/html';
import { renderTable } from '../parts/table.ts';
import type { Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderOperatorPage } from './operator-page.ts';

const CLASSES = { ok: 'ok', warning: 'warn', failure: 'bad', skipped: 'muted' } as const;

/** What was found wrong, first, and what to do about it. */
export function renderChecksPage(findings: readonly Finding[], setting: PageSetting): Page {
  const { checks: words } = setting.m.operator;
  const order = ['failure', 'warning', 'ok', 'skipped'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const rows = sorted.map(
    ({ check, state, finding, fix }) =>
      [
        check,
        html`<strong class="${CLASSES[state]}">${words.states[state]}</strong>`,
        finding,
        fix ?? words.nothing,
      ] as const,
  );
  const headings = [words.check, setting.m.operator.queues.state, words.found, words.fix];
  const body = html`<p>${words.lead}</p>${renderTable(words.title, headings, rows)}`;
  return renderOperatorPage(
    { title: words.title, section: 'checks', body, json: '/admin/checks' },
    setting,
  );
}
