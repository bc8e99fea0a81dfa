import { html } from 'hono/html';
import type { ClaimStatus } from '../../commands/judge-claim.ts';
import { time } from '../parts/elements.ts';
import { renderStatus } from '../parts/status.ts';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import type { WorkView } from './work-view.ts';

/** Four cards of equal weight: who signed, what it was made of, what is recorded, and the bytes. */
export function renderCards(view: WorkView, setting: PageSetting): Html {
  const { m } = setting;
  return html`<h2>${m.work.cards}</h2>
<div class="cards">
<section class="card"><h3>${m.work.signature}</h3>${renderSignature(view, setting)}</section>
<section class="card"><h3>${m.work.provenance}</h3>${renderMaking(view, setting)}</section>
<section class="card"><h3>${m.work.log}</h3>${renderLog(view, setting)}</section>
<section class="card"><h3>${m.work.integrity}</h3>${renderBytes(view, setting)}<p>${m.work.integrityText}</p>
<p><a href="/verify?hash=${encodeURIComponent(view.asset.contentHash)}">${m.work.checkCopy}</a></p></section>
</div>`;
}

function renderBytes({ asset: { picture } }: WorkView, { m }: PageSetting): Html {
  return picture ? html`<p>${m.work.pictures[picture.state](time(picture.at))}</p>` : html``;
}

function renderMaking({ provenance, states }: WorkView, { m }: PageSetting): Html {
  const runs = provenance.graph.runs.length;
  if (runs === 0) return html`<p>${m.work.noProvenance}</p>`;
  const found = states.filter(isAboutMaking);
  return html`<p>${m.work.madeOf(runs, provenance.graph.entities.length)}</p>
${found.map((state) => renderState(state, m))}
<p><a href="#provenance">${m.work.provenance}</a></p>`;
}

function renderSignature({ asset, states }: WorkView, { m }: PageSetting): Html {
  const found = states.filter((state) => !isAboutMaking(state));
  return html`${found.map((state) => renderState(state, m))}
<p class="muted">${m.work.checkedBy}</p>
<p><a href="/users/${asset.owner}/key">${m.work.key}</a></p>`;
}

function isAboutMaking({ kind }: ClaimStatus): boolean {
  return kind === 'provenance-lost' || kind === 'provenance-changed';
}

function renderState(state: ClaimStatus, m: PageSetting['m']): Html {
  return html`<p>${renderStatus(state, m)}<br>${m.claims.meanings[state.kind]}</p>`;
}

function renderLog({ asset, agrees }: WorkView, { m }: PageSetting): Html {
  const verdict =
    agrees === undefined ? m.work.logNone : agrees ? m.work.logAgrees : m.work.logDisagrees;
  return html`<p>${m.work.logRecorded(time(asset.registeredAt))}</p>
<p>${verdict}</p>
${asset.activityId === null ? '' : html`<p><a href="/activities/${encodeURIComponent(asset.activityId)}">${m.activity.one}</a></p>`}`;
}
