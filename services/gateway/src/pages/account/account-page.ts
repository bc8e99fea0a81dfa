import { html } from 'hono/html';
import { FORM_TOKEN_FIELD } from '../../auth/form-token.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';

const PATHS = {
  me: '/me',
  register: '/register-work',
  tokens: '/me/tokens',
  sessions: '/me/sessions',
  settings: '/me/settings',
  export: '/me/export',
} as const;

/** Part of the pages of an account. */
export type AccountSection = keyof typeof PATHS;

/** What a page of an account has to say. */
export interface AccountContent extends Pick<Page, 'title' | 'scripts'> {
  readonly section: AccountSection;
  readonly body: Html;
}

/** A page for whoever is logged in, with the ways to the others. */
export function renderAccountPage(
  { section, body, ...page }: AccountContent,
  { m }: PageSetting,
): Page {
  const entries = Object.entries(PATHS).map(([name, path]) => {
    const label = m.account.sections[name as AccountSection];
    return name === section
      ? html`<li><a href="${path}" aria-current="page">${label}</a></li>`
      : html`<li><a href="${path}">${label}</a></li>`;
  });
  return {
    ...page,
    body: html`<nav aria-label="${m.account.nav}"><ul class="row">${entries}</ul></nav>
<h1><bdi>${page.title}</bdi></h1>
${body}`,
  };
}

/** What every form of a session carries. */
export function formTokenField(formToken: string): Html {
  return html`<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${formToken}">`;
}

/** A button that acts. */
export function renderButton(to: string, label: string, formToken: string): Html {
  return html`<form method="post" action="${to}">${formTokenField(formToken)}<button type="submit">${label}</button></form>`;
}
