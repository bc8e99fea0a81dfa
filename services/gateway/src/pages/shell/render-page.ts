import { html } from 'hono/html';
import { plainText } from '../parts/text.ts';
import type { Html, Page, Visitor } from './page.ts';
import type { PageSetting } from './page-setting.ts';
import { renderFooter, renderHeader } from './render-bands.ts';
import { EMBLEM, STYLESHEET } from './static-file.ts';

/** Adds buttons that copy, and tells how long ago a time was. */
const PAGE_SCRIPT = '/scripts/page.js';

/** A whole page as HTML text. */
export async function renderPage(
  page: Page,
  visitor: Visitor,
  setting: PageSetting,
): Promise<string> {
  const { m } = setting;
  const document = await html`<!doctype html>
<html lang="${m.lang}" dir="${m.dir}" data-scheme="${visitor.scheme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${visitor.scheme === 'auto' ? 'light dark' : visitor.scheme}">
<title>${plainText(page.title)} · ${m.site.name}</title>
<link rel="stylesheet" href="${STYLESHEET.path}">
<link rel="icon" href="${EMBLEM.path}" type="image/svg+xml">
${renderPreview(page, setting)}
${(page.alternates ?? []).map(
  ({ type, path, title }) =>
    html`<link rel="alternate" type="${type}" href="${path}"${title ? html` title="${plainText(title)}"` : ''}>
`,
)}${[...(visitor.isBare ? [] : [PAGE_SCRIPT]), ...(page.scripts ?? [])].map((path) => html`<script type="module" src="${path}"></script>`)}
</head>
<body>
<a class="skip" href="#main">${m.site.skip}</a>
${visitor.isBare ? '' : renderHeader(page, visitor, setting)}
<main id="main" tabindex="-1">${await page.body}</main>
${visitor.isBare ? '' : renderFooter(visitor, setting)}
</body>
</html>
`;
  return String(document);
}

/** @see https://ogp.me */
function renderPreview({ title, description, canonical, image }: Page, { m }: PageSetting): Html {
  return html`<meta property="og:site_name" content="${m.site.name}">
<meta property="og:type" content="website">
<meta property="og:title" content="${plainText(title)}">
${description ? html`<meta name="description" content="${plainText(description)}"><meta property="og:description" content="${plainText(description)}">` : ''}
${canonical ? html`<link rel="canonical" href="${canonical}"><meta property="og:url" content="${canonical}">` : ''}
${image ? html`<meta property="og:image" content="${image}">` : ''}`;
}
