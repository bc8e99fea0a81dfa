import { html } from 'hono/html';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** What a claim proves, and what not. */
export function renderAboutPage({ m, domain, iris }: PageSetting): Page {
  const { about } = m;
  return {
    title: about.title,
    section: 'about',
    description: m.claims.proves,
    canonical: `${iris.base}/about`,
    body: html`<h1>${about.title}</h1>
<p class="lead">${m.claims.proves}</p>
<ul>${about.points.map((point) => html`<li>${point}</li>`)}</ul>
<h2>${about.check}</h2>
<p>${about.checkText}</p>
<p><a href="/verify">${m.sections.verify}</a></p>
<h2>${about.server}</h2>
<p>${about.operated(domain)} <a href="/docs">${m.site.api}</a></p>`,
  };
}
