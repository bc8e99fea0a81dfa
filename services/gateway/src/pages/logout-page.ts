import { html } from 'hono/html';
import { FORM_TOKEN_FIELD } from '../auth/form-token.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** Asks whether to log out: following a link must not do it. */
export function renderLogoutPage(formToken: string, { m: { access } }: PageSetting): Page {
  const body = html`<h1>${access.logOut}</h1>
<form method="post" action="/logout">
<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${formToken}">
<p><button type="submit">${access.logOutHere}</button></p>
</form>`;
  return { title: access.logOut, body };
}
