import { PASSWORD_LENGTH } from '@artdag/registry';
import { html } from 'hono/html';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** The form by which a user sets his password. The name is there for password managers. */
export function renderSetupPage(username: string, { m: { access } }: PageSetting): Page {
  const body = html`<h1>${access.welcome(username)}</h1>
<p>${access.choose}</p>
<form method="post">
<input type="hidden" name="username" value="${username}" autocomplete="username">
<p><label>${access.passwordRule(PASSWORD_LENGTH.min)}<br>
<input type="password" name="password" minlength="${PASSWORD_LENGTH.min}" maxlength="${PASSWORD_LENGTH.max}" autocomplete="new-password" required></label></p>
<p><button type="submit">${access.setPassword}</button></p>
</form>`;
  return { title: access.setup, body };
}

/** What follows once the password is set. */
export function renderSetupDonePage(username: string, { m: { access } }: PageSetting): Page {
  const body = html`<h1>${access.setupDone}</h1><p>${access.setupNext(username)}</p>
<p><a href="/login">${access.logIn}</a></p>`;
  return { title: access.setup, body };
}
