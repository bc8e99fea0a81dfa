import { html } from 'hono/html';
import type { Page } from './shell/page.ts';

const TITLE = 'Set your password';

/** The form by which a user sets his password. */
export function renderSetupPage(username: string): Page {
  const body = html`<h1>Welcome, ${username}</h1>
<p>Choose the password that you will log in with.</p>
<form method="post">
<input type="hidden" name="username" value="${username}" autocomplete="username">
<p><label>Password, 8 characters or more<br>
<input type="password" name="password" minlength="8" maxlength="1024" autocomplete="new-password" required></label></p>
<p><button type="submit">Set the password</button></p>
</form>`;
  return { title: TITLE, body };
}

/** What follows once the password is set. */
export function renderSetupDonePage(username: string): Page {
  const body = html`<h1>Done</h1><p>${username} can log in now. This link does not work again.</p>`;
  return { title: TITLE, body };
}
