import { type ErrorCode, errorCatalog } from '@artdag/errors';
import { html } from 'hono/html';
import type { Messages } from './messages/en.ts';
import type { ProblemWords } from './messages/problems.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** One kind of problem, for people who follow the link in an error. */
export function renderProblemPage(code: ErrorCode, { m }: PageSetting): Page {
  const words = wordsOfProblem(code, m);
  return {
    title: m.problems.kind(code),
    body: html`<h1>${words.title}</h1>
<dl class="facts">
<dt>${m.problems.reason}</dt><dd>${words.reason}</dd>
<dt>${m.problems.next}</dt><dd>${words.next}</dd>
</dl>
<p class="muted">${m.problems.status(errorCatalog[code].status)}</p>`,
  };
}

/** What to say of a problem. */
export function wordsOfProblem(code: ErrorCode, m: Messages): ProblemWords {
  const known = m.problems.words[code];
  if (known) return known;
  return { title: errorCatalog[code].title, reason: m.problems.ours, next: '' };
}
