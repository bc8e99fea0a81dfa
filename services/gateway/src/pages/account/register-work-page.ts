import { ASSET_LIMITS } from '@artdag/registry';
import { html } from 'hono/html';
import { renderProblem } from '../form-problem.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { formTokenField, renderAccountPage } from './account-page.ts';

/** Names of the fields of a work, as the form has them. */
export const WORK_FIELDS = [
  'name',
  'content_hash',
  'asset_type',
  'tags',
  'url',
  'metadata',
] as const;

/** What a work is said to be, as text of a form. */
export type WorkFields = Readonly<
  Partial<Record<(typeof WORK_FIELDS)[number], string | undefined>>
>;

/** The form, as it was sent where something is to be changed. */
export interface RegisterWorkView {
  readonly username: string;
  readonly fields: WorkFields;
  readonly problem?: string | undefined;
  readonly formToken: string;
}

const PATH = '/register-work';

/** The form for registering a work. With scripts the file is hashed here, and the statement shown. */
export function renderRegisterWorkPage(view: RegisterWorkView, setting: PageSetting): Page {
  const { m, iris } = setting;
  const { register: words } = m.account;
  const { fields } = view;
  const body = html`<p>${words.lead}</p>
${renderProblem(view.problem)}
<form method="post" action="${PATH}" data-register-work="${iris.base}" data-username="${view.username}">
${formTokenField(view.formToken)}
<div data-needs-scripts hidden><p><label>${words.file}<br><input type="file" data-hash-file></label></p>
<p role="status" data-hash-status></p></div>
<p><label>${words.hash}<br><input name="content_hash" value="${fields.content_hash ?? ''}" maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false" required></label></p>
<p class="muted">${words.hashHow} <code>openssl dgst -sha3-256 FILE</code></p>
<p><label>${words.name}<br><input name="name" value="${fields.name ?? ''}" maxlength="${ASSET_LIMITS.name}" autocomplete="off" required></label></p>
<p><label>${words.type}<br><input name="asset_type" value="${fields.asset_type ?? 'image'}" maxlength="64" autocomplete="off" autocapitalize="none" required></label></p>
<p><label>${words.tags}<br><input name="tags" value="${fields.tags ?? ''}" maxlength="4096" autocomplete="off"></label></p>
<p><label>${words.url}<br><input type="url" name="url" value="${fields.url ?? ''}" maxlength="${ASSET_LIMITS.url}" autocomplete="off"></label></p>
<p><label>${words.metadata}<br><textarea name="metadata" rows="4" cols="40" spellcheck="false">${fields.metadata ?? ''}</textarea></label></p>
<div data-needs-scripts hidden><p>${words.statement}</p>
<pre tabindex="0" role="region" aria-label="${words.statement}" class="wrap" data-statement></pre></div>
<p><button type="submit" name="step" value="preview">${words.preview}</button></p>
</form>`;
  const page = { title: words.title, section: 'register', body } as const;
  return renderAccountPage({ ...page, scripts: ['/scripts/register-work.js'] }, setting);
}

/** The statement before it is signed. */
export interface StatementView extends RegisterWorkView {
  readonly statement: string;
}

/** Shows what will be signed, and asks for it. */
export function renderStatementPage(view: StatementView, setting: PageSetting): Page {
  const { register: words } = setting.m.account;
  const body = html`<p>${words.previewLead}</p>
<pre class="wrap" tabindex="0" role="region" aria-label="${words.statement}"><code>${view.statement}</code></pre>
<form method="post" action="${PATH}">
${formTokenField(view.formToken)}
${WORK_FIELDS.map((name): Html => html`<input type="hidden" name="${name}" value="${view.fields[name] ?? ''}">`)}
<p><button type="submit" name="step" value="sign">${words.sign}</button> <button type="submit" name="step" value="change">${words.change}</button></p>
</form>`;
  return renderAccountPage({ title: words.previewTitle, section: 'register', body }, setting);
}
