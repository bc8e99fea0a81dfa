import { html } from 'hono/html';
import { copyable } from '../parts/elements.ts';
import { workPath } from '../parts/works.ts';
import { embedCode } from '../share/embed-code.ts';
import { EMBED_SIZE } from '../share/embed-page.ts';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import type { WorkView } from './work-view.ts';

/** Ways to show a work elsewhere. */
export function renderShare({ asset }: Pick<WorkView, 'asset'>, setting: PageSetting): Html {
  const { m, iris } = setting;
  const address = iris.registryEntry(asset.name);
  const badgePath = `/badge/${encodeURIComponent(asset.contentHash)}.svg`;
  const badge = `<a href="${address}"><img src="${iris.base}${badgePath}" alt="${m.work.badge}"></a>`;
  return html`<h2>${m.work.share}</h2>
<dl class="facts">
<dt>${m.work.link}</dt><dd>${copyable(address)}</dd>
<dt>${m.work.embed}</dt><dd>${copyable(embedCode(asset.name, EMBED_SIZE, setting))}</dd>
<dt>${m.work.badge}</dt><dd><img class="badge" src="${badgePath}" alt="${m.work.badge}" loading="lazy"><br>${copyable(badge)}</dd>
<dt>${m.work.feed}</dt><dd><a href="/users/${asset.owner}/feed.atom">${m.user.feed}</a></dd>
<dt>${m.work.qr}</dt><dd><details><summary>${m.work.qrOpen}</summary><img class="qr" src="${workPath(asset.name)}/qr.svg" alt="${m.work.qrOpen}" width="240" height="240" loading="lazy"></details></dd>
</dl>`;
}
