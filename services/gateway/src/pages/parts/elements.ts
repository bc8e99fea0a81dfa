import type { Iris } from '@artdag/activitypub';
import { html } from 'hono/html';
import type { Html } from '../shell/page.ts';
import { ICONS } from '../shell/static-file.ts';
import { safeUrl } from './safe-url.ts';
import { shorten, withoutMarks } from './text.ts';

/** Small things that many pages show, each in one way. */

const LONG = 160;

/** Text of others: its direction stays inside. */
export function quote(text: string, length = LONG): Html {
  return html`<bdi>${shorten(withoutMarks(text), length)}</bdi>`;
}

/** A moment, UTC to the second. */
export function time(at: Date): Html {
  const iso = `${at.toISOString().slice(0, 19)}Z`;
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}

/** First and last eight characters of a hash. */
export function shortHash(hash: string): Html {
  const text = hash.length > 20 ? `${hash.slice(0, 8)}…${hash.slice(-8)}` : hash;
  return html`<a class="hash" href="/objects/${encodeURIComponent(hash)}">${text}</a>`;
}

/** A text that is copied as it stands. */
export function copyable(text: string): Html {
  return html`<code class="hash" data-copy>${text}</code>`;
}

/** A user of this server. */
export function identity(username: string, domain: string): Html {
  return html`<a href="/users/${encodeURIComponent(username)}"><bdi>@${username}@${domain}</bdi></a>`;
}

/** A decoration; words stand beside it. */
export function icon(name: string, className = ''): Html {
  return html`<svg class="icon ${className}" aria-hidden="true" focusable="false"><use href="${ICONS.path}#${name}"></use></svg>`;
}

/** Something by its IRI: a link where it can be one. */
export function iriLink(iri: string, iris: Iris, label?: string): Html {
  const text = label ?? iri;
  if (iri.startsWith(`${iris.base}/`))
    return html`<a href="${iri.slice(iris.base.length)}">${quote(text)}</a>`;
  return outerLink(iri, text);
}

/** An address of another server, which learns nothing of where its visitor comes from. */
export function outerLink(url: string, label = url): Html {
  const address = safeUrl(url);
  if (address === undefined) return quote(label);
  return html`<a href="${address}" rel="noopener noreferrer nofollow ugc">${quote(label)}</a>`;
}

/** What stands where there is nothing yet: what it would be, and what to do first. */
export function emptyState(what: string, action?: Html): Html {
  return html`<div class="notice"><p>${what}</p>${action ? html`<p>${action}</p>` : ''}</div>`;
}

/** Links through a list. */
export function pager({ first, next }: PagerLinks, label: PagerWords): Html {
  if (!first && !next) return html``;
  return html`<nav class="pager" aria-label="${label.nav}"><ul class="row">
${first ? html`<li><a href="${first}" rel="first">${label.first}</a></li>` : ''}
${next ? html`<li><a href="${next}" rel="next">${label.next}</a></li>` : ''}
</ul></nav>`;
}

interface PagerLinks {
  readonly first?: string | undefined;
  readonly next?: string | undefined;
}

interface PagerWords {
  readonly nav: string;
  readonly first: string;
  readonly next: string;
}
