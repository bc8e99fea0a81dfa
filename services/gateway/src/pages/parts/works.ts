import type { RegisteredAsset } from '@artdag/registry';
import { html } from 'hono/html';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { icon, identity, quote, shortHash, time } from './elements.ts';

const MARKS = new Set(['image', 'video', 'audio', 'recipe']);

/** Path of the page of a work. */
export function workPath(name: string): string {
  return `/registry/${encodeURIComponent(name)}`;
}

/** Stands where there is no picture. */
export function typeMark(assetType: string): Html {
  return icon(MARKS.has(assetType) ? assetType : 'document', 'mark');
}

/** Path of this server's own copy of a picture; nothing where it has none. */
export function picturePath(
  { picture, contentHash }: Pick<RegisteredAsset, 'picture' | 'contentHash'>,
  size: 'small' | 'large',
): string | undefined {
  return picture?.state === 'kept' ? `/pictures/${contentHash}/${size}.webp` : undefined;
}

/** A work in a list: the picture where there is one; its name stands beside it. */
export function thumbnail(work: RegisteredAsset): Html {
  const path = picturePath(work, 'small');
  if (path === undefined) return typeMark(work.assetType);
  return html`<img src="${path}" alt="" loading="lazy" decoding="async">`;
}

/** Works side by side. */
export function renderWorks(works: readonly RegisteredAsset[], { m, domain }: PageSetting): Html {
  return html`<ul class="works">${works.map(
    (work) => html`<li class="card work">
<div class="picture">${thumbnail(work)}</div>
<p class="name"><a href="${workPath(work.name)}">${quote(work.name)}</a></p>
<p>${m.works.by(identity(work.owner, domain))}</p>
<p class="muted">${quote(work.assetType)}, ${m.works.states[work.state]}, ${time(work.registeredAt)}</p>
</li>`,
  )}</ul>`;
}

/** Works one below the other, with what is known of them. */
export function renderWorkTable(
  works: readonly RegisteredAsset[],
  { m, domain }: PageSetting,
): Html {
  return html`<div class="table" tabindex="0" role="region" aria-label="${m.works.title}"><table>
<thead><tr><th scope="col">${m.works.title}</th><th scope="col">${m.works.owner}</th><th scope="col">${m.works.type}</th><th scope="col">${m.works.state}</th><th scope="col">${m.works.hash}</th><th scope="col">${m.works.registered}</th></tr></thead>
<tbody>${works.map(
    (work) => html`<tr>
<th scope="row"><a href="${workPath(work.name)}">${quote(work.name)}</a></th>
<td>${identity(work.owner, domain)}</td>
<td>${quote(work.assetType)}</td>
<td>${m.works.states[work.state]}</td>
<td>${shortHash(work.contentHash)}</td>
<td>${time(work.registeredAt)}</td>
</tr>`,
  )}</tbody></table></div>`;
}
