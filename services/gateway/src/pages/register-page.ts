import { PASSWORD_LENGTH, USERNAME_PATTERN } from '@artdag/registry';
import { html } from 'hono/html';
import type { GatewayConfig } from '../config.ts';
import { renderProblem } from './form-problem.ts';
import type { Page } from './shell/page.ts';

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

const TITLE = 'Register';

/** The form for becoming a user, or why there is none. */
export function renderRegisterPage(page: RegisterPage): Page {
  const { next, username, email, problem } = page;
  if (page.registration === 'closed') {
    const body = html`<h1>${TITLE}</h1><p>This server takes no new users.</p>`;
    return { title: TITLE, body };
  }
  // A pattern of HTML is read with the flag v, where a - in a class must be escaped.
  const pattern = USERNAME_PATTERN.replaceAll('_-]', '_\\-]');
  const body = html`<h1>${TITLE}</h1>
${renderProblem(problem)}
<form method="post" action="/register">
<input type="hidden" name="next" value="${next}">
<p><label>User name: a to z, 0 to 9, _ and -<br>
<input name="username" value="${username ?? ''}" maxlength="64" pattern="${pattern}" autocomplete="username" autocapitalize="none" spellcheck="false" required></label></p>
<p><label>Password, ${PASSWORD_LENGTH.min} characters or more<br>
<input type="password" name="password" minlength="${PASSWORD_LENGTH.min}" maxlength="${PASSWORD_LENGTH.max}" autocomplete="new-password" required></label></p>
<p><label>E-mail address, if you like<br>
<input type="email" name="email" value="${email ?? ''}" maxlength="254" autocomplete="email"></label></p>
${page.registration === 'invite' ? renderInvite(page.invite) : ''}
<p><button type="submit">Register</button></p>
</form>
<p class="muted">Registered already? <a href="/login?next=${encodeURIComponent(next)}">Log in</a>.</p>`;
  return { title: TITLE, body };
}

function renderInvite(invite: string | undefined) {
  return html`<p><label>Invite<br>
<input name="invite" value="${invite ?? ''}" maxlength="128" autocomplete="off" required></label></p>`;
}
