import { html } from 'hono/html';
import { renderPage } from './render-page.ts';

/** What the home page tells. */
export interface HomePage {
  readonly domain: string;
  readonly user: string;
  readonly assetsCount: number;
  readonly activitiesCount: number;
  readonly usersCount: number;
}

/** The home page: what this server is, and where to go on. */
export function renderHomePage(page: HomePage): Promise<string> {
  const title = `Art DAG on ${page.domain}`;
  const body = html`<h1>${title}</h1>
<p>A registry of generative art. Each work is claimed by a signed statement that anybody can verify.</p>
<p class="muted">Works: ${page.assetsCount}. Signed activities: ${page.activitiesCount}. Users: ${page.usersCount}.</p>
<ul>
<li><a href="/registry">The registry</a></li>
<li><a href="/users/${page.user}/outbox?page=first">What @${page.user}@${page.domain} has signed</a></li>
<li><a href="/docs">The interface for programs</a></li>
</ul>`;
  return renderPage({ title, body });
}
