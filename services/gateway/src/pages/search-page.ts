import type { RegisteredAsset } from '@artdag/registry';
import { html } from 'hono/html';
import { emptyState, quote } from './parts/elements.ts';
import { renderWorks } from './parts/works.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** What was looked for, and the works that might be meant. */
export interface SearchView {
  readonly query: string;
  readonly works: readonly RegisteredAsset[];
  /** Whether it is an address of another server. */
  readonly isForeign: boolean;
}

/** What the search found, where it is not one thing. */
export function renderSearchPage(
  { query, works, isForeign }: SearchView,
  setting: PageSetting,
): Page {
  const { m } = setting;
  const asked = quote(query, 80);
  return {
    title: m.search.title,
    body: html`<h1>${m.search.title}</h1>
${
  works.length > 0
    ? html`<p>${m.search.results(asked)}</p>${renderWorks(works, setting)}`
    : html`<p>${isForeign ? m.search.foreign : m.search.nothing(asked)}</p>${emptyState(m.search.nothingHint, html`<a href="/assets">${m.works.all}</a>`)}`
}`,
  };
}
