import { html } from 'hono/html';
import { workPath } from '../parts/works.ts';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import type { WorkView } from './work-view.ts';

const MAX_TEXT = 12_000;

/** The documents themselves. */
export function renderRaw(view: WorkView, { m }: PageSetting): Html {
  const { asset, create, showsActivities } = view;
  const object = `/objects/${encodeURIComponent(asset.contentHash)}`;
  return html`<h2>${m.work.raw}</h2>
<ul class="row">
<li><a href="${workPath(asset.name)}?format=json">${m.work.asJson}</a></li>
<li><a href="${object}">${m.object.heading}</a></li>
<li><a href="${object}?format=activity">${m.work.asObject}</a></li>
${create ? html`<li><a href="/activities/${encodeURIComponent(create.activityId)}?format=activity">${m.work.asActivity}</a></li>` : ''}
</ul>
${
  create && showsActivities && create.text.length <= MAX_TEXT
    ? html`<details><summary>${m.work.exactText}</summary>
<pre class="wrap" tabindex="0" role="region" aria-label="${m.work.exactText}"><code data-copy>${create.text}</code></pre></details>`
    : ''
}`;
}
