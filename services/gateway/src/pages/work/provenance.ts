import type { ProvenanceEntity, ProvenanceRun } from '@artdag/registry';
import { html } from 'hono/html';
import type { FoundProvenance } from '../../commands/find-provenance.ts';
import type { Speaker } from '../../commands/speakers.ts';
import { identity, outerLink, quote, shortHash } from '../parts/elements.ts';
import { workPath } from '../parts/works.ts';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import type { WorkView } from './work-view.ts';

/** How many contents the list and the picture show. */
export const MAX_SHOWN = 100;

/** What a work was made of: a nested list, and a picture of the same. */
export function renderProvenance({ asset, provenance }: WorkView, setting: PageSetting): Html {
  const { m } = setting;
  const { graph } = provenance;
  if (graph.runs.length === 0) return html``;
  const path = `${workPath(asset.name)}/provenance`;
  const isCut = graph.isTruncated || graph.entities.length > MAX_SHOWN;
  return html`<h2 id="provenance">${m.work.provenance}</h2>
<p class="muted">${m.work.speakers}</p>
<ul>${createList(provenance, setting)(graph.root)}</ul>
${isCut ? html`<p>${m.work.moreProvenance}</p>` : ''}
<details><summary>${m.work.provenancePicture}</summary><div class="graph" tabindex="0" role="region" aria-label="${m.work.provenancePicture}"><img src="${path}.svg" alt="${m.work.provenancePicture}" loading="lazy"></div></details>
<p><a href="${path}">${m.work.provenanceJson}</a></p>`;
}

/** Renders a content with all that went into it; each one is opened the first time only. */
function createList({ graph, owners, speakers }: FoundProvenance, setting: PageSetting) {
  const { m } = setting;
  const opened = new Set<string>();
  const entities = new Map(graph.entities.map((entity) => [entity.contentHash, entity]));
  const runsOf = Map.groupBy(graph.generated, ({ contentHash }) => contentHash);
  const inputsOf = Map.groupBy(graph.used, ({ run }) => run);
  const runs = new Map(graph.runs.map((run) => [run.key, run]));

  const renderSpeaker = (speaker: Speaker) =>
    html`<span class="speaker">${sayWho(speaker, setting)}</span>`;

  function renderContent(contentHash: string, said: Html = html``): Html {
    const label = html`${renderEntity(contentHash, entities.get(contentHash), owners, setting)}${said}`;
    const made = runsOf.get(contentHash) ?? [];
    if (opened.has(contentHash))
      return html`<li>${label}${made.length > 0 ? html` (${m.work.shownAbove})` : ''}</li>`;
    if (opened.size >= MAX_SHOWN) return html``;
    opened.add(contentHash);
    const below = made.flatMap((making) => {
      const run = runs.get(making.run);
      if (!run) return [];
      const maker = speakers.ofMaking(making);
      const inputs = (inputsOf.get(making.run) ?? []).map((use) => {
        const speaker = speakers.ofUse(use);
        // What the same one says goes without saying.
        return renderContent(
          use.contentHash,
          isSameSpeaker(speaker, maker) ? html`` : renderSpeaker(speaker),
        );
      });
      return [
        html`<li>${renderRun(run, setting)}${renderSpeaker(maker)}${inputs.length > 0 ? html`<ul>${inputs}</ul>` : ''}</li>`,
      ];
    });
    return html`<li>${label}${below.length > 0 ? html`<ul>${below}</ul>` : ''}</li>`;
  }
  return renderContent;
}

function sayWho(speaker: Speaker, { m, domain }: PageSetting): string {
  if (speaker.kind === 'owner') return m.work.saidBy(`@${speaker.username}@${domain}`);
  return m.work.saidBy(URL.parse(speaker.l1Server)?.host ?? speaker.l1Server);
}

function isSameSpeaker(one: Speaker, other: Speaker): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function renderEntity(
  contentHash: string,
  entity: ProvenanceEntity | undefined,
  owners: FoundProvenance['owners'],
  { m, domain }: PageSetting,
): Html {
  const claim = entity?.claims[0];
  if (!claim) return html`${shortHash(contentHash)} (${m.work.notRegistered})`;
  const owner = identity(owners.get(contentHash) ?? claim.owner, domain);
  return html`<a href="${workPath(claim.name)}">${quote(claim.name)}</a> ${m.works.by(owner)}`;
}

function renderRun({ runId, recipe, l1Server }: ProvenanceRun, { m }: PageSetting): Html {
  return html`${m.work.madeBy(quote(runId ?? '?', 80))}
${recipe === undefined ? '' : m.work.recipe(quote(recipe, 80))}
${l1Server === undefined ? '' : m.work.onL1(outerLink(l1Server))}`;
}
