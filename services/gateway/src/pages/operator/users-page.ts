import type { User } from '@artdag/store';
import { html } from 'hono/html';
import type { PasswordLink } from '../../commands/manage-user.ts';
import { copyable, identity, pager, time } from '../parts/elements.ts';
import { renderTable } from '../parts/table.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderAct, renderOperatorPage } from './operator-page.ts';

/** A part of the list of users. */
export interface OperatedUsers {
  readonly users: readonly User[];
  readonly operator: string;
  readonly isFirst: boolean;
  readonly next: string | undefined;
  readonly formToken: string;
}

/** Who may log in. */
export function renderOperatedUsersPage(view: OperatedUsers, setting: PageSetting): Page {
  const { m, domain } = setting;
  const { users: words } = m.operator;
  const rows = view.users.map(
    (user) =>
      [
        identity(user.username, domain),
        words.roles[user.role],
        user.disabledAt
          ? html`<strong class="bad">${words.disabled(time(user.disabledAt))}</strong>`
          : words.active,
        time(user.createdAt),
        renderActs(user, view, setting),
      ] as const,
  );
  const headings = [words.user, words.role, words.state, words.since, m.operator.act];
  const next = view.next && `/admin/users?cursor=${encodeURIComponent(view.next)}`;
  const body = html`${renderTable(words.title, headings, rows)}
${pager({ first: view.isFirst ? undefined : '/admin/users', next }, m.list)}`;
  const json = '/admin/users?format=json';
  return renderOperatorPage({ title: words.title, section: 'users', body, json }, setting);
}

function renderActs(
  user: User,
  { operator, formToken }: OperatedUsers,
  { m }: PageSetting,
): Html | string {
  const { users: words } = m.operator;
  if (user.username === operator) return words.you;
  const actions = [user.disabledAt ? 'enable' : 'disable', 'reset-password'] as const;
  const to = `/admin/users/${encodeURIComponent(user.username)}`;
  return html`${actions.map((action) => renderAct({ to, action, label: words.acts[action], formToken }))}`;
}

/** The link that sets a new password; it is never shown again. */
export function renderPasswordLinkPage(
  username: string,
  { path, expiresAt }: PasswordLink,
  setting: PageSetting,
): Page {
  const { users: words } = setting.m.operator;
  const body = html`<p>${words.link(identity(username, setting.domain), time(expiresAt))}</p>
<p>${copyable(`${setting.iris.base}${path}`)}</p>`;
  return renderOperatorPage({ title: words.linkTitle, section: 'users', body }, setting);
}
