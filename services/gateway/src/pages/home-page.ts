import type { RegisteredAsset } from '@artdag/registry';
import { html } from 'hono/html';
import { emptyState } from './parts/elements.ts';
import { renderWorks } from './parts/works.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** What the home page tells. */
export interface HomeView {
  readonly assetsCount: number;
  readonly activitiesCount: number;
  readonly usersCount: number;
  readonly latest: readonly RegisteredAsset[];
}

/** The home page: what this server is, and the latest works. */
export function renderHomePage(view: HomeView, setting: PageSetting): Page {
  const { m, domain, iris } = setting;
  return {
    title: m.site.footer(domain),
    description: m.home.lead,
    canonical: `${iris.base}/`,
    alternates: [
      { type: 'application/json', path: '/?format=json' },
      { type: 'application/atom+xml', path: '/feed.atom', title: m.home.latest },
    ],
    body: html`<h1>${m.site.footer(domain)}</h1>
<p class="lead">${m.home.lead}</p>
<p class="muted">${m.home.counts(view.assetsCount, view.activitiesCount, view.usersCount)} ${m.claims.proves} <a href="/about">${m.claims.provesLink}</a></p>
<h2>${m.home.latest}</h2>
${
  view.latest.length > 0
    ? html`${renderWorks(view.latest, setting)}<p><a href="/assets">${m.list.all}</a></p>`
    : emptyState(m.home.empty, html`<a href="/docs">${m.home.begin}</a>`)
}`,
  };
}
