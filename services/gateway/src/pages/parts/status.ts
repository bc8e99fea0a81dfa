import { html } from 'hono/html';
import { type ClaimStatus, toneOf } from '../../commands/judge-claim.ts';
import type { Messages } from '../messages/en.ts';
import type { Html } from '../shell/page.ts';
import { icon, time } from './elements.ts';

const ICONS: Readonly<Record<ClaimStatus['kind'], string>> = {
  verified: 'verified',
  'verified-older-form': 'verified',
  signing: 'waiting',
  'not-signed': 'none',
  mismatch: 'mismatch',
  'key-gone': 'key',
  'key-replaced': 'key',
  contested: 'contested',
  'provenance-lost': 'lost',
  'provenance-changed': 'disagree',
  withdrawn: 'withdrawn',
  disagree: 'disagree',
};

/** A state of a claim: an icon and words. */
export function renderStatus(status: ClaimStatus, m: Messages): Html {
  return html`<span class="${toneOf(status)}">${icon(ICONS[status.kind])} <strong>${wordsOf(status, m)}</strong></span>`;
}

/** What stands beside every state. */
export function renderProves(m: Messages): Html {
  return html`<span class="muted">${m.claims.proves} <a href="/about">${m.claims.provesLink}</a></span>`;
}

function wordsOf(status: ClaimStatus, m: Messages): Html | string {
  if (status.kind === 'contested') return m.claims.contested(status.claims);
  const word = m.claims.words[status.kind];
  return 'at' in status ? m.claims.at(word, time(status.at)) : word;
}
