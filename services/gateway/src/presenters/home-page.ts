import { html } from 'hono/html';

/** What the home page tells. */
export interface HomePage {
  readonly domain: string;
  readonly user: string;
  readonly assetsCount: number;
  readonly activitiesCount: number;
  readonly usersCount: number;
}

/** The home page: what this server is, and where to go on. */
export async function renderHomePage(page: HomePage): Promise<string> {
  const document = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Art DAG on ${page.domain}</title>
<link rel="alternate" type="application/json" href="/?format=json">
</head>
<body>
<main>
<h1>Art DAG on ${page.domain}</h1>
<p>A registry of generative art. Each work is claimed by a signed statement that anybody can verify.</p>
<p>${page.assetsCount} assets, ${page.activitiesCount} signed activities, ${page.usersCount} users.</p>
<ul>
<li><a href="/registry">The registry</a></li>
<li><a href="/users/${page.user}/outbox">What @${page.user}@${page.domain} has signed</a></li>
<li><a href="/docs">The interface for programs</a></li>
</ul>
</main>
</body>
</html>`;
  return String(document);
}
