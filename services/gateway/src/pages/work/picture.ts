import { html } from 'hono/html';
import { outerLink, time } from '../parts/elements.ts';
import { plainText } from '../parts/text.ts';
import { picturePath, typeMark } from '../parts/works.ts';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import type { WorkView } from './work-view.ts';

/** What a work looks like, by our own copy only, and what its bytes were found to be. */
export function renderPicture({ asset }: Pick<WorkView, 'asset'>, { m }: PageSetting): Html {
  const { picture, url } = asset;
  const path = picturePath(asset, 'large');
  const image =
    path === undefined
      ? typeMark(asset.assetType)
      : html`<img src="${path}" alt="${m.work.pictureOf(plainText(asset.name))}">`;
  const said = picture ? m.work.pictures[picture.state](time(picture.at)) : m.work.noPicture;
  const address = url === undefined ? '' : html` ${m.work.openAddress}: ${outerLink(url)}`;
  return html`<figure>${image}
<figcaption class="muted">${said}${address}</figcaption></figure>`;
}
