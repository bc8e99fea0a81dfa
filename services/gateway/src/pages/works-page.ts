import type { RegisteredAsset } from '@artdag/registry';
import { html } from 'hono/html';
import { emptyState, pager } from './parts/elements.ts';
import { renderWorks, renderWorkTable } from './parts/works.ts';
import type { Html, Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** What may be asked of the list, by the names in the address. */
export type WorksQuery = Readonly<
  Partial<Record<'type' | 'owner' | 'tag' | 'state' | 'q' | 'view', string>>
>;

/** A part of the list of works. */
export interface WorksView {
  readonly works: readonly RegisteredAsset[];
  readonly query: WorksQuery;
  readonly isFirst: boolean;
  /** Cursor of the part that follows. */
  readonly next?: string | undefined;
}

/** The works, narrowed as the form says. */
export function renderWorksPage(view: WorksView, setting: PageSetting): Page {
  const { m } = setting;
  const { works, query } = view;
  const isTable = query.view === 'table';
  return {
    title: m.works.title,
    section: 'works',
    alternates: [{ type: 'application/json', path: registryPath(query) }],
    body: html`<h1>${m.works.title}</h1>
${renderFilters(query, setting)}
<p><a href="${worksPath({ ...query, view: isTable ? undefined : 'table' })}">${isTable ? m.works.grid : m.works.table}</a></p>
${works.length === 0 ? emptyState(m.works.none, html`<a href="/assets">${m.works.all}</a>`) : isTable ? renderWorkTable(works, setting) : renderWorks(works, setting)}
${pager(
  {
    first: view.isFirst ? undefined : worksPath(query),
    next: view.next && worksPath({ ...query, cursor: view.next }),
  },
  m.list,
)}`,
  };
}

function renderFilters(query: WorksQuery, { m }: PageSetting): Html {
  const field = (name: keyof WorksQuery, label: string) =>
    html`<label>${label}<br><input name="${name}" value="${query[name] ?? ''}" maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false"></label>`;
  const states = (['pending', 'signed', 'failed', 'withdrawn', 'unsigned'] as const).map((state) =>
    state === query.state
      ? html`<option value="${state}" selected>${m.works.states[state]}</option>`
      : html`<option value="${state}">${m.works.states[state]}</option>`,
  );
  return html`<form class="filters" action="/assets">
${query.view ? html`<input type="hidden" name="view" value="${query.view}">` : ''}
${field('q', m.works.name)} ${field('type', m.works.type)} ${field('owner', m.works.owner)} ${field('tag', m.works.tag)}
<label>${m.works.state}<br><select name="state"><option value="">${m.works.any}</option>${states}</select></label>
<button type="submit">${m.works.show}</button>
</form>`;
}

/** Path of a part of the list. */
function worksPath(query: Readonly<Record<string, string | undefined>>): string {
  const text = queryText(query);
  return text ? `/assets?${text}` : '/assets';
}

/** Path of the same works as JSON. */
export function registryPath({ type, owner, tag, state, q }: WorksQuery): string {
  return `/registry?${queryText({ type, owner, tag, state, q, limit: '100' })}`;
}

function queryText(query: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries(query).filter((part): part is [string, string] => !!part[1]);
  return new URLSearchParams(parts).toString();
}
