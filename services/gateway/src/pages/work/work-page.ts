import { html } from 'hono/html';
import { renderActivities } from '../parts/activities.ts';
import { emptyState, identity, quote, time } from '../parts/elements.ts';
import { renderProves, renderStatus } from '../parts/status.ts';
import { picturePath, workPath } from '../parts/works.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderCards } from './cards.ts';
import { renderFacts } from './facts.ts';
import { renderPicture } from './picture.ts';
import { renderProvenance } from './provenance.ts';
import { renderRaw } from './raw.ts';
import { renderShare } from './share.ts';
import { renderCommands } from './verify-commands.ts';
import type { WorkView } from './work-view.ts';

/** The page of a work: what is claimed, what it looks like, and how to check it. */
export function renderWorkPage(view: WorkView, setting: PageSetting): Page {
  const { m, iris, domain } = setting;
  const { asset, activities, counts } = view;
  const path = workPath(asset.name);
  const picture = picturePath(asset, 'large');
  return {
    title: asset.name,
    section: 'works',
    description: `${asset.name}: @${asset.owner}@${domain}. ${m.claims.proves}`,
    canonical: iris.registryEntry(asset.name),
    ...(picture !== undefined && { image: `${iris.base}${picture}` }),
    alternates: [
      { type: 'application/json', path: `${path}?format=json` },
      {
        type: 'application/activity+json',
        path: `/objects/${encodeURIComponent(asset.contentHash)}?format=activity`,
      },
      {
        type: 'application/json+oembed',
        path: `/oembed?url=${encodeURIComponent(iris.registryEntry(asset.name))}`,
        title: asset.name,
      },
    ],
    body: html`${renderHead(view, setting)}
${renderPicture(view, setting)}
${renderFacts(view, setting)}
${renderCards(view, setting)}
${renderProvenance(view, setting)}
${
  view.showsActivities
    ? html`<h2>${m.work.activities}</h2>
${activities.length > 0 ? renderActivities(activities, setting) : emptyState(m.work.noActivities)}`
    : ''
}
<p class="muted">${m.work.reactions(counts.likes, counts.shares)}</p>
${renderShare(view, setting)}
${renderCommands(view, setting)}
${renderRaw(view, setting)}`,
  };
}

function renderHead(view: WorkView, setting: PageSetting): Html {
  const { m } = setting;
  const { asset } = view;
  const tags = asset.tags.map(
    (tag) =>
      html`<li><a class="tag" href="/tags/${encodeURIComponent(tag)}">${quote(tag, 80)}</a></li>`,
  );
  return html`<h1>${quote(asset.name, 600)}</h1>
<ul class="row"><li>${quote(asset.assetType)}</li>${tags}</ul>
<p class="lead">${renderClaim(view, setting)}</p>
<ul class="row">${view.states.map((state) => html`<li>${renderStatus(state, m)}</li>`)}</ul>
<p>${renderProves(m)}</p>`;
}

function renderClaim({ asset, create, claims }: WorkView, { m, domain }: PageSetting): Html {
  const who = identity(asset.owner, domain);
  if (asset.state === 'withdrawn') return m.work.tookBack(who);
  if (!create) return m.work.recordedFor(who);
  const [first] = claims;
  const at = time(create.publishedAt);
  const order =
    !first || first.activityId === create.activityId || first.actor === asset.owner
      ? m.work.first(time(first?.publishedAt ?? create.publishedAt))
      : m.work.later(at, identity(first.actor, domain));
  return html`${m.work.claims(who)} ${order}`;
}
