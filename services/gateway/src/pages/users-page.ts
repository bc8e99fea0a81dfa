import type { User } from '@artdag/store';
import { html } from 'hono/html';
import { emptyState, identity, pager, quote, time } from './parts/elements.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** A part of the list of users. */
export interface UsersView {
  readonly users: readonly User[];
  readonly isFirst: boolean;
  readonly next?: string | undefined;
}

/** The users, by name. */
export function renderUsersPage(view: UsersView, { m, domain }: PageSetting): Page {
  const rows = view.users.map(
    ({ username, displayName, createdAt }) => html`<li>${identity(username, domain)}
${displayName === username ? '' : html`<br>${quote(displayName)}`}
<span class="speaker">${m.user.since(time(createdAt))}</span></li>`,
  );
  return {
    title: m.user.title,
    section: 'users',
    alternates: [{ type: 'application/json', path: '/users?format=json' }],
    body: html`<h1>${m.user.title}</h1>
${rows.length > 0 ? html`<ul class="lines">${rows}</ul>` : emptyState(m.user.none)}
${pager(
  {
    first: view.isFirst ? undefined : '/users',
    next: view.next && `/users?after=${encodeURIComponent(view.next)}`,
  },
  m.list,
)}`,
  };
}
