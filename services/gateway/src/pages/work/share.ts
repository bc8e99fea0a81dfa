import { html } from 'hono/html';
import { copyable } from '../parts/elements.ts';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import type { WorkView } from './work-view.ts';

/** Ways to show a work elsewhere. */
export function renderShare({ asset }: Pick<WorkView, 'asset'>, { m, iris }: PageSetting): Html {
  return html`<h2>${m.work.share}</h2>
<dl class="facts">
<dt>${m.work.link}</dt><dd>${copyable(iris.registryEntry(asset.name))}</dd>
</dl>`;
}
