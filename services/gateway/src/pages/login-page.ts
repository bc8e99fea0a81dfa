import { html } from 'hono/html';
import { renderProblem } from './form-problem.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** What the form for logging in shows. */
export interface LoginPage {
  /** Where to go afterwards. */
  readonly next: string;
  readonly username?: string | undefined;
  /** Why the last try was refused. */
  readonly problem?: string | undefined;
}

/** The form for logging in. */
export function renderLoginPage(
  { next, username, problem }: LoginPage,
  { m: { access } }: PageSetting,
): Page {
  const body = html`<h1>${access.logIn}</h1>
${renderProblem(problem)}
<form method="post" action="/login">
<input type="hidden" name="next" value="${next}">
<p><label>${access.username}<br>
<input name="username" value="${username ?? ''}" maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false" required></label></p>
<p><label>${access.password}<br>
<input type="password" name="password" maxlength="1024" autocomplete="current-password" required></label></p>
<p><button type="submit">${access.logIn}</button></p>
</form>
<p class="muted">${access.newHere} <a href="/register?next=${encodeURIComponent(next)}">${access.register}</a></p>`;
  return { title: access.logIn, body };
}
