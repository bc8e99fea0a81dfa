import type { L1Server } from '@artdag/store';
import { html } from 'hono/html';
import { emptyState, quote, time } from '../parts/elements.ts';
import { renderTable } from '../parts/table.ts';
import type { Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderOperatorPage } from './operator-page.ts';

/** The L1s that this server works with, and how that goes. */
export function renderL1Page(servers: readonly L1Server[], now: Date, setting: PageSetting): Page {
  const { l1: words, never } = setting.m.operator;
  const rows = servers.map(
    (server) =>
      [
        quote(server.l1Server),
        server.openUntil && server.openUntil > now
          ? html`<strong class="bad">${words.open(time(server.openUntil))}</strong>`
          : html`<span class="ok">${words.inUse}</span>`,
        server.failures,
        server.lastSuccessAt ? time(server.lastSuccessAt) : never,
        server.lastErrorAt
          ? html`${time(server.lastErrorAt)}: ${quote(server.lastError ?? '')}`
          : never,
      ] as const,
  );
  const headings = [words.server, words.state, words.failures, words.lastSuccess, words.lastError];
  const body =
    rows.length === 0 ? emptyState(words.none) : renderTable(words.title, headings, rows);
  return renderOperatorPage({ title: words.title, section: 'l1', body }, setting);
}
