import { PASSWORD_LENGTH, USERNAME_PATTERN } from '@artdag/registry';
import { html } from 'hono/html';
import type { GatewayConfig } from '../config.ts';
import { renderProblem } from './form-problem.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** What the form for becoming a user shows. */
export interface RegisterPage {
  readonly registration: GatewayConfig['registration'];
  /** Where to go afterwards. */
  readonly next: string;
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly invite?: string | undefined;
  /** Why the last try was refused. */
  readonly problem?: string | undefined;
}

/** The form for becoming a user, or why there is none. */
export function renderRegisterPage(page: RegisterPage, { m: { access } }: PageSetting): Page {
  const { next, username, email, problem } = page;
  if (page.registration === 'closed') {
    const body = html`<h1>${access.register}</h1><p>${access.closed}</p>`;
    return { title: access.register, body };
  }
  // A pattern of HTML is read with the flag v, where a - in a class must be escaped.
  const pattern = USERNAME_PATTERN.replaceAll('_-]', '_\\-]');
  const body = html`<h1>${access.register}</h1>
${renderProblem(problem)}
<form method="post" action="/register">
<input type="hidden" name="next" value="${next}">
<p><label>${access.usernameRule}<br>
<input name="username" value="${username ?? ''}" maxlength="64" pattern="${pattern}" autocomplete="username" autocapitalize="none" spellcheck="false" required></label></p>
<p><label>${access.passwordRule(PASSWORD_LENGTH.min)}<br>
<input type="password" name="password" minlength="${PASSWORD_LENGTH.min}" maxlength="${PASSWORD_LENGTH.max}" autocomplete="new-password" required></label></p>
<p><label>${access.email}<br>
<input type="email" name="email" value="${email ?? ''}" maxlength="254" autocomplete="email"></label></p>
${page.registration === 'invite' ? renderInvite(page.invite, access.invite) : ''}
<p><button type="submit">${access.register}</button></p>
</form>
<p class="muted">${access.registered} <a href="/login?next=${encodeURIComponent(next)}">${access.logIn}</a></p>`;
  return { title: access.register, body };
}

function renderInvite(invite: string | undefined, label: string) {
  return html`<p><label>${label}<br>
<input name="invite" value="${invite ?? ''}" maxlength="128" autocomplete="off" required></label></p>`;
}
