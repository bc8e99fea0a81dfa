import type { RegisteredAsset } from '@artdag/registry';
import { html } from 'hono/html';
import type { AccountView, Undelivered } from '../../commands/read-account.ts';
import { emptyState, iriLink, pager, quote, shortHash, time } from '../parts/elements.ts';
import { renderTable } from '../parts/table.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderAccountPage } from './account-page.ts';

/** Works, what is pending, what did not arrive, and who follows. */
export function renderMePage(view: AccountView, setting: PageSetting): Page {
  const { m, iris } = setting;
  const { me: words } = m.account;
  const inState = (state: RegisteredAsset['state']) =>
    view.works.filter((work) => work.state === state).length;
  const followers = view.followers.map(
    ({ actorIri, since }) => html`<li>${iriLink(actorIri, iris)} ${time(since)}</li>`,
  );
  const [pending, failed] = [inState('pending'), inState('failed')];
  const body = html`<p><a href="/users/${view.username}">${words.page}</a></p>
${pending > 0 ? html`<p class="notice">${words.pending(pending)}</p>` : ''}
${failed > 0 ? html`<p class="notice">${words.notSigned(failed)}</p>` : ''}
${renderWorks(view, setting)}
<h2>${words.undelivered}</h2>
${view.undelivered.length === 0 ? html`<p>${words.arrived}</p>` : html`<ul class="lines">${view.undelivered.map((each) => renderUndelivered(each, setting))}</ul>`}
<h2>${words.followers(view.followerCount)}</h2>
${followers.length === 0 ? emptyState(words.noFollowers) : html`<ul class="lines">${followers}</ul>`}`;
  return renderAccountPage({ title: words.title, section: 'me', body }, setting);
}

function renderWorks({ works, isFirst, next }: AccountView, { m }: PageSetting): Html {
  const { me: words } = m.account;
  if (works.length === 0)
    return emptyState(words.none, html`<a href="/register-work">${words.first}</a>`);
  const rows = works.map(
    (work) =>
      [
        html`<a href="/registry/${encodeURIComponent(work.name)}">${quote(work.name)}</a>`,
        m.works.states[work.state],
        shortHash(work.contentHash),
        time(work.registeredAt),
        html`<a href="${myWorkPath(work.name)}">${words.manage}</a>`,
      ] as const,
  );
  const headings = [m.works.title, m.works.state, m.works.hash, m.works.registered, m.account.act];
  const links = {
    first: isFirst ? undefined : '/me',
    next: next && `/me?cursor=${encodeURIComponent(next)}`,
  };
  return html`${renderTable(words.title, headings, rows)}${pager(links, m.list)}`;
}

function renderUndelivered({ activity, hosts, count }: Undelivered, { m }: PageSetting): Html {
  const names = html`${hosts.map((host, index) => html`${index > 0 ? ', ' : ''}${quote(host)}`)}`;
  return html`<li><a href="/activities/${activity.activityId}">${time(activity.publishedAt)}</a> ${m.account.me.failed(activity.type, count, names)}</li>`;
}

/** Path of the page where an owner manages a work. */
export function myWorkPath(name: string): string {
  return `/me/works/${encodeURIComponent(name)}`;
}
