import type { RegisteredAsset } from '@artdag/registry';
import { html } from 'hono/html';
import { plainText } from '../parts/text.ts';
import type { PageSetting } from '../shell/page-setting.ts';

/** Media type of feeds. */
export const ATOM = 'application/atom+xml; charset=utf-8';

/** What a feed holds. */
export interface Feed {
  readonly title: string;
  /** Path of the feed, and of the page that shows the same. */
  readonly path: string;
  readonly pagePath: string;
  /** The newest first. */
  readonly works: readonly RegisteredAsset[];
  /** When there is no entry to say when it changed. */
  readonly since: Date;
}

/**
 * Works as an Atom feed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4287
 */
export function renderAtom(feed: Feed, setting: PageSetting): string {
  const { iris, m } = setting;
  const updated = feed.works[0]?.registeredAt ?? feed.since;
  // The tagged template of pages escapes what XML needs escaped, too.
  const document = html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${m.lang}">
<id>${iris.base}${feed.path}</id>
<title>${plainText(feed.title)}</title>
<updated>${updated.toISOString()}</updated>
<generator>Art DAG L2</generator>
<link rel="self" type="application/atom+xml" href="${iris.base}${feed.path}"/>
<link rel="alternate" type="text/html" href="${iris.base}${feed.pagePath}"/>
${feed.works.map((work) => renderEntry(work, setting))}</feed>
`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toXmlCharacters(String(document))}`;
}

function renderEntry(work: RegisteredAsset, { iris, domain, m }: PageSetting) {
  const page = iris.registryEntry(work.name);
  const at = work.registeredAt.toISOString();
  return html`<entry>
<id>${page}</id>
<title>${plainText(work.name)}</title>
<published>${at}</published>
<updated>${at}</updated>
<author><name>@${work.owner}@${domain}</name><uri>${iris.actor(work.owner)}</uri></author>
<link rel="alternate" type="text/html" href="${page}"/>
<summary>${plainText(work.assetType)}, ${m.works.states[work.state]}, ${work.contentHash}</summary>
${work.tags.map((tag) => html`<category term="${plainText(tag)}"/>`)}</entry>
`;
}

/** XML 1.0 has no way to write these, not even escaped. */
function toXmlCharacters(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ');
}
