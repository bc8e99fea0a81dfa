import { html } from 'hono/html';
import { FAILURE_ACTIONS, type FailureAction } from '../../commands/act-on-failures.ts';
import type { NamedFailureGroup } from '../../commands/failure-groups.ts';
import type { CountSoFar } from '../../commands/patient-count.ts';
import { emptyState, quote, time } from '../parts/elements.ts';
import { renderFacts, renderTable } from '../parts/table.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderConfirmation, renderOperatorPage } from './operator-page.ts';

/** All work that was given up, by group, as far as it is counted. */
export function renderFailuresPage(
  found: CountSoFar<readonly NamedFailureGroup[]>,
  setting: PageSetting,
): Page {
  const { failures: words } = setting.m.operator;
  const body =
    found.kind === 'none'
      ? html`<p class="notice">${words.counting}</p>`
      : html`${found.kind === 'earlier' ? html`<p class="notice">${words.countedAt(time(found.at))}</p>` : ''}
${renderGroups(found.counted, setting)}`;
  const json = '/admin/failures?format=json';
  return renderOperatorPage({ title: words.title, section: 'failures', body, json }, setting);
}

function renderGroups(groups: readonly NamedFailureGroup[], setting: PageSetting): Html {
  const { failures: words, none } = setting.m.operator;
  const rows = groups.map(
    (group) =>
      [
        html`<a href="${pathOf(group)}">${group.kind}</a>`,
        quote(group.reason),
        group.host ? quote(group.host) : none,
        group.count,
        time(group.oldestAt),
        time(group.latestAt),
        renderWays(group, setting),
      ] as const,
  );
  const headings = [
    words.kind,
    words.reason,
    words.host,
    words.count,
    words.oldest,
    words.latest,
    setting.m.operator.act,
  ];
  return rows.length === 0 ? emptyState(words.none) : renderTable(words.title, headings, rows);
}

/** One group, and the question before an act on all of it. */
export interface FailureView {
  readonly group: NamedFailureGroup;
  readonly workIds: readonly string[];
  readonly asked: FailureAction | undefined;
  readonly formToken: string;
}

/** One group of failures. */
export function renderFailurePage(view: FailureView, setting: PageSetting): Page {
  const { group, asked, formToken } = view;
  const { failures: words, none } = setting.m.operator;
  const path = pathOf(group);
  const question =
    asked &&
    renderConfirmation(
      words.confirm[asked](group.count),
      { to: path, action: asked, label: words.acts[asked], formToken },
      setting,
    );
  const facts = renderFacts([
    [words.kind, html`<a href="/admin/queues/${group.kind}">${group.kind}</a>`],
    [words.reason, quote(group.reason, 2000)],
    [words.host, group.host ? quote(group.host) : none],
    [words.count, group.count],
    [words.oldest, time(group.oldestAt)],
    [words.latest, time(group.latestAt)],
  ]);
  const body = html`${question ?? renderWays(group, setting)}
${facts}
<h2>${words.works}</h2>
<ul class="lines">${view.workIds.map((id) => html`<li><code class="hash">${id}</code></li>`)}</ul>`;
  return renderOperatorPage(
    { title: words.title, section: 'failures', body, json: `${path}?format=json` },
    setting,
  );
}

/** Links to the questions: a link changes nothing. */
function renderWays(group: NamedFailureGroup, { m }: PageSetting): Html {
  const { failures: words } = m.operator;
  return html`<ul class="row">${FAILURE_ACTIONS.map(
    (action) => html`<li><a href="${pathOf(group)}?ask=${action}">${words.acts[action]}</a></li>`,
  )}</ul>`;
}

function pathOf({ groupId }: NamedFailureGroup): string {
  return `/admin/failures/${groupId}`;
}
