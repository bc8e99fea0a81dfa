import type { RegisteredAsset } from '@artdag/registry';
import { html } from 'hono/html';
import { emptyState, pager, quote } from './parts/elements.ts';
import { renderWorks } from './parts/works.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** The works of a tag. */
export interface TagView {
  readonly tag: string;
  readonly works: readonly RegisteredAsset[];
  readonly isFirst: boolean;
  readonly next?: string | undefined;
}

/** The works that have a tag. */
export function renderTagPage(view: TagView, setting: PageSetting): Page {
  const { m, iris } = setting;
  const path = `/tags/${encodeURIComponent(view.tag)}`;
  return {
    title: m.tags.title(view.tag),
    section: 'works',
    canonical: `${iris.base}${path}`,
    alternates: [
      { type: 'application/json', path: `/registry?limit=100&tag=${encodeURIComponent(view.tag)}` },
      { type: 'application/atom+xml', path: `${path}/feed.atom`, title: m.tags.title(view.tag) },
    ],
    body: html`<h1>${m.works.tag}: ${quote(view.tag)}</h1>
${view.works.length > 0 ? renderWorks(view.works, setting) : emptyState(m.tags.none, html`<a href="/assets">${m.works.all}</a>`)}
${pager({ first: view.isFirst ? undefined : path, next: view.next && `${path}?cursor=${view.next}` }, m.list)}
<p><a href="${path}/feed.atom">${m.user.feed}</a></p>`,
  };
}
