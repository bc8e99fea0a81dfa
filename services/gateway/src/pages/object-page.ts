import type { ClaimOfHash } from '@artdag/store';
import { html } from 'hono/html';
import { claimedNameOf } from './parts/activities.ts';
import { copyable, identity, quote, time } from './parts/elements.ts';
import { renderProves } from './parts/status.ts';
import { workPath } from './parts/works.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** What is said of a content hash. */
export interface ObjectView {
  readonly contentHash: string;
  /** The claim that decides first, then the others as they came. */
  readonly claims: readonly ClaimOfHash[];
  readonly likes: number;
  readonly shares: number;
}

/** Every claim on a hash. */
export function renderObjectPage(view: ObjectView, { m, iris, domain }: PageSetting): Page {
  const { contentHash, claims } = view;
  const standing = claims.filter(({ withdrawnAt }) => withdrawnAt === undefined);
  const rows = claims.map((claim) => {
    const name = claimedNameOf(claim);
    return html`<li>${m.object.claims(identity(claim.actor, domain), html`<a href="/activities/${encodeURIComponent(claim.activityId)}">${time(claim.publishedAt)}</a>`)}
${name === undefined ? '' : html`<br>${m.object.as(html`<a href="${workPath(name)}">${quote(name)}</a>`)}`}
${claim.withdrawnAt ? html`<br>${m.object.tookBack(time(claim.withdrawnAt))}` : ''}</li>`;
  });
  const path = `/objects/${encodeURIComponent(contentHash)}`;
  return {
    title: m.object.title(contentHash),
    section: 'works',
    canonical: iris.object(contentHash),
    alternates: [{ type: 'application/activity+json', path: `${path}?format=activity` }],
    body: html`<h1>${m.object.heading}</h1>
<p>${copyable(contentHash)}</p>
<p>${standing.length > 0 ? m.object.owner : m.object.withdrawnAll}</p>
<ol class="lines">${rows}</ol>
<p class="muted">${m.work.reactions(view.likes, view.shares)}</p>
<p>${renderProves(m)}</p>
<p><a href="/verify?hash=${encodeURIComponent(contentHash)}">${m.work.checkCopy}</a></p>`,
  };
}
