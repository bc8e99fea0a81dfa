import { html } from 'hono/html';
import { renderProblem } from '../form-problem.ts';
import type { Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { formTokenField, renderAccountPage } from './account-page.ts';

/** What a user says of himself. */
export interface SettingsView {
  readonly displayName: string;
  readonly summary: string;
  readonly problem?: string | undefined;
  readonly formToken: string;
}

/** The form for what others see of a user. */
export function renderSettingsPage(view: SettingsView, setting: PageSetting): Page {
  const { settings: words } = setting.m.account;
  const body = html`${renderProblem(view.problem)}
<form method="post" action="/me/settings">
${formTokenField(view.formToken)}
<p><label>${words.displayName}<br><input name="display_name" value="${view.displayName}" maxlength="128" autocomplete="nickname" required></label></p>
<p><label>${words.summary}<br><textarea name="summary" rows="6" cols="40" maxlength="4096">${view.summary}</textarea></label></p>
<p class="muted">${words.told}</p>
<p><button type="submit">${words.save}</button></p>
</form>`;
  return renderAccountPage({ title: words.title, section: 'settings', body }, setting);
}
