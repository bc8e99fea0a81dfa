import type { Host, HostBacklog } from '@artdag/store';
import { html } from 'hono/html';
import { emptyState, pager, quote, time } from '../parts/elements.ts';
import { renderTable } from '../parts/table.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderOperatorPage } from './operator-page.ts';

/** A server, and what waits for it. */
export interface Peer {
  readonly host: Host;
  readonly backlog: HostBacklog | undefined;
}

/** A part of the list of peers. */
export interface PeersView {
  readonly peers: readonly Peer[];
  readonly isFirst: boolean;
  readonly next: string | undefined;
  readonly now: Date;
}

/** Servers that are not simply well. */
export function renderPeersPage(view: PeersView, setting: PageSetting): Page {
  const { m } = setting;
  const { peers: words, never } = m.operator;
  const rows = view.peers.map(
    ({ host, backlog }) =>
      [
        html`<a href="${peerPath(host.host)}">${quote(host.host)}</a>`,
        host.rule ? words.rules[host.rule] : words.noRule,
        renderBreaker(host, view.now, setting),
        backlog?.pending ?? 0,
        host.lastSuccessAt ? time(host.lastSuccessAt) : never,
        quote(host.lastError ?? ''),
      ] as const,
  );
  const headings = [
    words.host,
    words.rule,
    words.breaker,
    words.backlog,
    words.lastSuccess,
    words.lastError,
  ];
  const next = view.next && `/admin/peers?cursor=${encodeURIComponent(view.next)}`;
  const body = html`<p>${words.lead}</p>
${rows.length === 0 ? emptyState(words.none) : renderTable(words.title, headings, rows)}
${pager({ first: view.isFirst ? undefined : '/admin/peers', next }, m.list)}`;
  return renderOperatorPage(
    { title: words.title, section: 'peers', body, json: '/moderation/hosts' },
    setting,
  );
}

/** Path of the page of a server. */
export function peerPath(host: string): string {
  return `/admin/peers/${encodeURIComponent(host)}`;
}

/** Whether deliveries go out, in words. */
export function renderBreaker(host: Host, now: Date, { m }: PageSetting): Html {
  const { peers: words } = m.operator;
  if (host.pausedAt)
    return html`<strong class="warn">${words.paused(time(host.pausedAt))}</strong>`;
  if (host.openUntil && host.openUntil > now)
    return html`<strong class="bad">${words.open(time(host.openUntil))}</strong>`;
  return html`<span class="ok">${words.closed}</span>`;
}
