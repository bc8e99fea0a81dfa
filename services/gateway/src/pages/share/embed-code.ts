import { html } from 'hono/html';
import { plainText } from '../parts/text.ts';
import { workPath } from '../parts/works.ts';
import type { PageSetting } from '../shell/page-setting.ts';

/** HTML by which a page of others shows the card of a work. */
export function embedCode(
  name: string,
  { width, height }: { readonly width: number; readonly height: number },
  { iris }: PageSetting,
): string {
  return String(
    html`<iframe src="${iris.base}/embed${workPath(name)}" width="${width}" height="${height}" title="${plainText(name)}" sandbox="allow-popups" loading="lazy"></iframe>`,
  );
}
