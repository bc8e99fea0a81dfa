import { html } from 'hono/html';
import { FORM_TOKEN_FIELD } from '../auth/form-token.ts';
import type { Page } from './shell/page.ts';

/** Asks whether to log out: following a link must not do it. */
export function renderLogoutPage(formToken: string): Page {
  const body = html`<h1>Log out</h1>
<form method="post" action="/logout">
<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${formToken}">
<p><button type="submit">Log out of this browser</button></p>
</form>`;
  return { title: 'Log out', body };
}
