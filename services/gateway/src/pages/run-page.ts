import type { Run } from '@artdag/store';
import { html } from 'hono/html';
import { copyable, identity, outerLink, quote, shortHash, time } from './parts/elements.ts';
import { workPath } from './parts/works.ts';
import type { Html, Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** A registered run, with what its L1 said of it. */
export type ShownRun = Run & { readonly result: NonNullable<Run['result']> };

/** What one run of an L1 has made. `runs` are the registrations of it, one at least. */
export function renderRunPage(
  first: ShownRun,
  runs: readonly ShownRun[],
  { m, domain, iris }: PageSetting,
): Page {
  const { l1Server, runId, host, result, check } = first;
  const speaker = m.work.saidBy(host);
  const fact = (label: string, value: Html, said: string) =>
    html`<dt>${label}</dt><dd>${value}<span class="speaker">${said}</span></dd>`;
  const inputs = result.inputs.map(
    ({ name, contentHash }) =>
      html`<li>${shortHash(contentHash)}${name === undefined ? '' : html` ${quote(name)}`}</li>`,
  );
  return {
    title: m.run.title(runId),
    section: 'works',
    canonical: `${iris.base}${runPath(l1Server, runId)}`,
    body: html`<h1>${m.run.heading}</h1>
<p>${copyable(runId)}</p>
<dl class="facts">
${fact(m.run.l1, outerLink(l1Server), m.work.recordedHere)}
${fact(m.run.read, time(result.readAt), m.work.recordedHere)}
${check ? fact(m.run.checked, m.run.finding(time(check.at), m.run.findings[check.finding], time(check.since)), m.work.recordedHere) : ''}
${fact(m.work.hash, copyable(result.outputHash), speaker)}
${result.recipe === undefined ? '' : fact(m.run.recipe, quote(result.recipe), speaker)}
${fact(m.run.inputs, inputs.length > 0 ? html`<ul>${inputs}</ul>` : html`${m.run.noInputs}`, speaker)}
</dl>
<h2>${m.run.registered}</h2>
<ul class="lines">${runs.map(
      ({ outputName, owner }) =>
        html`<li><a href="${workPath(outputName)}">${quote(outputName)}</a> ${m.works.by(identity(owner, domain))}</li>`,
    )}</ul>
<p class="muted">${m.run.kept(quote(host))}</p>`,
  };
}

/** Path of the page of a run. */
export function runPath(l1Server: string, runId: string): string {
  return `/runs/${encodeURIComponent(l1Server)}/${encodeURIComponent(runId)}`;
}
