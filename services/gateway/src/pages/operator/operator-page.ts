import { html } from 'hono/html';
import { FORM_TOKEN_FIELD } from '../../auth/form-token.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';

const PATHS = {
  checks: '/admin',
  queues: '/admin/queues',
  failures: '/admin/failures',
  peers: '/admin/peers',
  l1: '/admin/l1',
  users: '/admin/users',
  reports: '/admin/reports',
  audit: '/admin/audit',
  settings: '/admin/settings',
} as const;

/** Part of the pages for operators. */
export type OperatorSection = keyof typeof PATHS;

/** What a page for operators has to say. */
export interface OperatorContent {
  readonly title: string;
  readonly section: OperatorSection;
  readonly body: Html;
  /** Path of the same as JSON. */
  readonly json?: string;
}

/** A page for operators, with the ways to the others. */
export function renderOperatorPage(
  { title, section, body, json }: OperatorContent,
  { m }: PageSetting,
): Page {
  const entries = Object.entries(PATHS).map(([name, path]) => {
    const label = m.operator.sections[name as OperatorSection];
    return name === section
      ? html`<li><a href="${path}" aria-current="page">${label}</a></li>`
      : html`<li><a href="${path}">${label}</a></li>`;
  });
  return {
    title,
    ...(json && { alternates: [{ type: 'application/json', path: json }] }),
    body: html`<nav aria-label="${m.operator.nav}"><ul class="row">${entries}</ul></nav>
<h1><bdi>${title}</bdi></h1>
${body}
${json ? html`<p class="muted"><a href="${json}">${m.operator.asJson}</a></p>` : ''}`,
  };
}

/** A form of one button. */
export interface ActForm {
  readonly to: string;
  readonly action: string;
  readonly label: string;
  readonly formToken: string;
}

/** A button that acts. */
export function renderAct({ to, action, label, formToken }: ActForm): Html {
  return html`<form method="post" action="${to}">
<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${formToken}">
<button type="submit" name="action" value="${action}">${label}</button>
</form>`;
}

/** Asks before an act on many: the count stands in the question. */
export function renderConfirmation(question: string, act: ActForm, { m }: PageSetting): Html {
  return html`<div class="notice"><p><strong>${question}</strong></p>
<p>${m.operator.confirm}</p>
${renderAct(act)}
<p><a href="${act.to}">${m.operator.back}</a></p></div>`;
}
