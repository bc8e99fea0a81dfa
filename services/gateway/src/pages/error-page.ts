import type { AppError } from '@artdag/errors';
import { html } from 'hono/html';
import { wordsOfProblem } from './problem-page.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** What went wrong, for people. */
export function renderErrorPage(problem: AppError, requestId: string, { m }: PageSetting): Page {
  const words = wordsOfProblem(problem.code, m);
  const faults = problem.faults.map(
    ({ pointer, message }) => html`<li><code>${pointer}</code> ${message}</li>`,
  );
  return {
    title: words.title,
    body: html`<h1>${words.title}</h1>
<dl class="facts">
<dt>${m.problems.happened}</dt><dd><bdi>${problem.message}</bdi>${faults.length > 0 ? html`<ul>${faults}</ul>` : ''}</dd>
<dt>${m.problems.reason}</dt><dd>${words.reason}</dd>
<dt>${m.problems.next}</dt><dd>${words.next}${problem.code === 'unauthenticated' ? html` <a href="/login">${m.site.logIn}</a>` : ''}</dd>
<dt>${m.problems.request}</dt><dd><code>${requestId}</code></dd>
</dl>
<p><a href="/">${m.problems.home}</a> · <a href="/assets">${m.problems.works}</a> · <a href="/problems/${problem.code}">${m.problems.kind(problem.code)}</a></p>`,
  };
}
