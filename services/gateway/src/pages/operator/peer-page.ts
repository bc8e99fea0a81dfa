import type { Delivery } from '@artdag/store';
import { html } from 'hono/html';
import { HOST_ACTIONS, type HostAction } from '../../commands/moderate-host.ts';
import { emptyState, quote, time } from '../parts/elements.ts';
import { renderFacts, renderTable } from '../parts/table.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderConfirmation, renderOperatorPage } from './operator-page.ts';
import { type Peer, peerPath, renderBreaker } from './peers-page.ts';

/** One server, and the question before an act. */
export interface PeerView extends Peer {
  readonly deliveries: readonly Delivery[];
  readonly asked: HostAction | undefined;
  readonly formToken: string;
  readonly now: Date;
}

/** All that is known of one server. */
export function renderPeerPage(view: PeerView, setting: PageSetting): Page {
  const { host, backlog, asked, formToken } = view;
  const { peers: words, never, none } = setting.m.operator;
  const pending = backlog?.pending ?? 0;
  const question =
    asked &&
    renderConfirmation(
      words.confirm[asked](pending),
      { to: peerPath(host.host), action: asked, label: words.acts[asked], formToken },
      setting,
    );
  const facts = renderFacts([
    [words.rule, host.rule ? words.rules[host.rule] : words.noRule],
    [words.breaker, renderBreaker(host, view.now, setting)],
    [words.failures, host.failures ?? 0],
    [words.backlog, pending],
    [words.oldest, backlog ? time(backlog.oldestAt) : none],
    [words.lastSuccess, host.lastSuccessAt ? time(host.lastSuccessAt) : never],
    [
      words.lastError,
      host.lastErrorAt ? html`${time(host.lastErrorAt)}: ${quote(host.lastError ?? '')}` : never,
    ],
  ]);
  const body = html`${question ?? renderWays(host.host, setting)}
${facts}
<h2>${words.attempts}</h2>
${renderDeliveries(view, setting)}`;
  const json = `/moderation/hosts/${encodeURIComponent(host.host)}`;
  return renderOperatorPage({ title: host.host, section: 'peers', body, json }, setting);
}

function renderWays(host: string, { m }: PageSetting): Html {
  return html`<ul class="row">${HOST_ACTIONS.map(
    (action) =>
      html`<li><a href="${peerPath(host)}?ask=${action}">${m.operator.peers.acts[action]}</a></li>`,
  )}</ul>`;
}

function renderDeliveries({ deliveries }: PeerView, { m }: PageSetting): Html {
  const { peers: words, none } = m.operator;
  if (deliveries.length === 0) return emptyState(words.noAttempts);
  const rows = deliveries.map(
    (delivery) =>
      [
        quote(delivery.inbox),
        delivery.attempts,
        time(delivery.nextAt),
        delivery.lastError ? quote(delivery.lastError) : none,
      ] as const,
  );
  const headings = [words.inbox, words.tries, words.next, words.lastError];
  return renderTable(words.attempts, headings, rows);
}
