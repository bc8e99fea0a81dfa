import { html } from 'hono/html';
import type { Work } from '../../commands/read-work.ts';
import { quote, time } from '../parts/elements.ts';
import { renderStatus } from '../parts/status.ts';
import { thumbnail } from '../parts/works.ts';
import type { Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';

/** Size of the card in pages of others. */
export const EMBED_SIZE = { width: 480, height: 320 };

/** A work as a card for pages of others. */
export function renderEmbedPage({ asset, states }: Work, { m, iris, domain }: PageSetting): Page {
  const page = iris.registryEntry(asset.name);
  return {
    title: asset.name,
    isBare: true,
    canonical: page,
    body: html`<article class="card work">
<div class="picture">${thumbnail(asset)}</div>
<h1 class="name"><a href="${page}" target="_blank" rel="noopener">${quote(asset.name)}</a></h1>
<p>${m.work.claims(html`<bdi>@${asset.owner}@${domain}</bdi>`)} ${time(asset.registeredAt)}</p>
<p>${states.map((state) => html`${renderStatus(state, m)} `)}</p>
<p class="muted">${m.claims.proves}</p>
</article>`,
  };
}
