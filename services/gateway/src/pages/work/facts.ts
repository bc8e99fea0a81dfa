import { html } from 'hono/html';
import { copyable, identity, outerLink, quote, time } from '../parts/elements.ts';
import { runPath } from '../run-page.ts';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import type { WorkView } from './work-view.ts';

/** What is recorded of a work, each fact with who says it. */
export function renderFacts(
  { asset, run }: Pick<WorkView, 'asset' | 'run'>,
  { m, domain }: PageSetting,
): Html {
  const { work } = m;
  const facts: readonly (readonly [string, Html, string] | undefined)[] = [
    [work.owner, identity(asset.owner, domain), work.recordedHere],
    [work.hash, copyable(asset.contentHash), work.saidByOwner],
    [work.registered, time(asset.registeredAt), work.recordedHere],
    [work.type, quote(asset.assetType), work.saidByOwner],
    asset.url === undefined ? undefined : [work.address, outerLink(asset.url), work.saidByOwner],
    run && [
      work.run,
      html`<a href="${runPath(run.l1Server, run.runId)}">${quote(run.runId, 80)}</a>`,
      work.saidBy(run.host),
    ],
  ];
  return html`<h2>${work.facts}</h2>
<dl class="facts">${facts.map(
    (fact) =>
      fact && html`<dt>${fact[0]}</dt><dd>${fact[1]}<span class="speaker">${fact[2]}</span></dd>`,
  )}</dl>`;
}
