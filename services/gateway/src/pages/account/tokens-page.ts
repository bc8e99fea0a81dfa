import type { IssuedTokenRecord } from '@artdag/store';
import { html } from 'hono/html';
import { emptyState, pager, quote, time } from '../parts/elements.ts';
import { renderTable } from '../parts/table.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderAccountPage, renderButton } from './account-page.ts';

/** A part of the list of tokens. */
export interface TokensView {
  readonly tokens: readonly IssuedTokenRecord[];
  /** Id of the token of this browser. */
  readonly current: string;
  readonly next: string | undefined;
  readonly formToken: string;
}

/** Tokens that are for one L1 each. */
export function renderTokensPage(view: TokensView, setting: PageSetting): Page {
  const { tokens: words } = setting.m.account;
  const rows = view.tokens.flatMap(({ scope, ...token }) =>
    scope === undefined
      ? []
      : [[quote(scope), ...renderTimes(token, '/me/tokens', view, setting)] as const],
  );
  const body = html`<p>${words.lead}</p>
${renderList(words, [words.l1], rows, setting)}
${renderNext('/me/tokens', view, setting)}`;
  return renderAccountPage({ title: words.title, section: 'tokens', body }, setting);
}

/** Where the user is logged in. */
export function renderSessionsPage(view: TokensView, setting: PageSetting): Page {
  const { m } = setting;
  const { sessions: words } = m.account;
  const rows = view.tokens.flatMap((token) => {
    if (token.scope !== undefined) return [];
    const isCurrent = token.tokenId === view.current;
    const name = isCurrent
      ? html`<strong>${words.current}</strong>`
      : html`<code class="hash">${token.tokenId.slice(0, 8)}</code>`;
    return [[name, ...renderTimes(token, '/me/sessions', view, setting)] as const];
  });
  const body = html`<p>${words.lead}</p>
${renderList(words, [m.account.id], rows, setting)}
${renderNext('/me/sessions', view, setting)}
${renderButton('/me/sessions', words.all, view.formToken)}`;
  return renderAccountPage({ title: words.title, section: 'sessions', body }, setting);
}

type Row = readonly [Html, ...Html[]];

function renderList(
  words: { readonly title: string; readonly none: string },
  headings: readonly string[],
  rows: readonly Row[],
  { m }: PageSetting,
): Html {
  if (rows.length === 0) return emptyState(words.none);
  const { issued, used, expires, act } = m.account;
  return renderTable(words.title, [...headings, issued, used, expires, act], rows);
}

function renderTimes(
  token: Pick<IssuedTokenRecord, 'tokenId' | 'issuedAt' | 'lastUsedAt' | 'expiresAt'>,
  path: string,
  { formToken }: TokensView,
  { m }: PageSetting,
): Html[] {
  const to = `${path}/${encodeURIComponent(token.tokenId)}`;
  return [
    time(token.issuedAt),
    time(token.lastUsedAt),
    time(token.expiresAt),
    renderButton(to, m.account.revoke, formToken),
  ];
}

function renderNext(path: string, { next }: TokensView, { m }: PageSetting): Html {
  return pager({ next: next && `${path}?cursor=${encodeURIComponent(next)}` }, m.list);
}
