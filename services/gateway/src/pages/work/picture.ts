import { html } from 'hono/html';
import { outerLink } from '../parts/elements.ts';
import { typeMark } from '../parts/works.ts';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import type { WorkView } from './work-view.ts';

/** What a work looks like, by our own copy only. */
export function renderPicture({ asset }: Pick<WorkView, 'asset'>, { m }: PageSetting): Html {
  return html`<figure>${typeMark(asset.assetType)}
<figcaption class="muted">${m.work.noPicture}${asset.url === undefined ? '' : html` ${m.work.openAddress}: ${outerLink(asset.url)}`}</figcaption></figure>`;
}
