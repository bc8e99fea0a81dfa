import type { SignedActivity } from '@artdag/store';
import { html } from 'hono/html';
import type { ClaimStatus } from '../commands/judge-claim.ts';
import { renderSentence } from './parts/activities.ts';
import { copyable, time } from './parts/elements.ts';
import { renderProves, renderStatus } from './parts/status.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** A signed activity, and what is known of its signature. */
export interface ActivityView {
  readonly activity: SignedActivity;
  readonly status: ClaimStatus;
}

/** One activity: what it says, its signature, and the exact text. */
export function renderActivityPage({ activity, status }: ActivityView, setting: PageSetting): Page {
  const { m, iris } = setting;
  const path = `/activities/${encodeURIComponent(activity.activityId)}`;
  return {
    title: `${m.activity.one} ${activity.activityId}`,
    section: 'activities',
    canonical: iris.activity(activity.activityId),
    alternates: [{ type: 'application/activity+json', path: `${path}?format=activity` }],
    body: html`<h1>${m.activity.one}</h1>
<p class="lead">${renderSentence(activity, setting)}</p>
<p>${m.activity.at} ${time(activity.publishedAt)}<br>${copyable(activity.activityId)}</p>
<h2>${m.activity.signature}</h2>
<p>${renderStatus(status, m)}<br>${m.claims.meanings[status.kind]} <a href="/users/${activity.actor}/key">${m.user.key}</a></p>
<p>${renderProves(m)}</p>
<h2>${m.activity.exactText}</h2>
<p>${m.activity.exactTextNote} <a href="${path}?format=activity">${m.work.asActivity}</a></p>
<pre class="wrap" tabindex="0" role="region" aria-label="${m.activity.exactText}"><code data-copy>${activity.text}</code></pre>`,
  };
}
