import type { RegisteredAsset } from '@artdag/registry';
import { html } from 'hono/html';
import { shortHash, time } from '../parts/elements.ts';
import { renderFacts } from '../parts/table.ts';
import type { Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderAccountPage, renderButton } from './account-page.ts';
import { myWorkPath } from './me-page.ts';

/** A work for its owner, with the way to take its claim back. */
export function renderMyWorkPage(
  work: RegisteredAsset,
  formToken: string,
  setting: PageSetting,
): Page {
  const { m } = setting;
  const { work: words } = m.account;
  const facts = renderFacts([
    [m.works.state, m.works.states[work.state]],
    [m.works.hash, shortHash(work.contentHash)],
    [m.works.registered, time(work.registeredAt)],
  ]);
  const withdrawal = html`<div class="notice"><p>${words.question}</p>
${renderButton(myWorkPath(work.name), words.withdraw, formToken)}</div>`;
  const body = html`${facts}
<ul class="row"><li><a href="/registry/${encodeURIComponent(work.name)}">${words.see}</a></li><li><a href="/me">${words.back}</a></li></ul>
<h2>${words.withdraw}</h2>
${work.state === 'signed' ? withdrawal : html`<p>${words.cannot}</p>`}`;
  return renderAccountPage({ title: work.name, section: 'me', body }, setting);
}
