import type { RegisteredAsset } from '@artdag/registry';
import type { User } from '@artdag/store';
import { html } from 'hono/html';
import { type ListedActivity, renderActivities } from './parts/activities.ts';
import { copyable, emptyState, quote, time } from './parts/elements.ts';
import { fingerprintOf } from './parts/fingerprint.ts';
import { renderWorks } from './parts/works.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** What a user shows. */
export interface UserView {
  readonly user: User;
  readonly works: readonly RegisteredAsset[];
  /** Nothing where this server shows activities only to servers that sign. */
  readonly activities?: readonly ListedActivity[] | undefined;
  readonly followers: number;
  readonly following: number;
}

/** A user: his works, how to follow him, and his key. */
export function renderUserPage(view: UserView, setting: PageSetting): Page {
  const { m, iris, domain } = setting;
  const { user, works, activities } = view;
  const handle = `@${user.username}@${domain}`;
  const path = `/users/${user.username}`;
  return {
    title: user.displayName === user.username ? handle : `${user.displayName} (${handle})`,
    section: 'users',
    ...(user.summary !== undefined && { description: user.summary }),
    canonical: iris.actor(user.username),
    alternates: [
      { type: 'application/activity+json', path: `${path}?format=activity` },
      { type: 'application/atom+xml', path: `${path}/feed.atom`, title: handle },
    ],
    body: html`<h1>${quote(user.displayName)}</h1>
<p><bdi>${handle}</bdi> · ${m.user.since(time(user.createdAt))} ${m.user.counts(view.followers, view.following)}</p>
${user.summary === undefined ? '' : html`<p class="prose">${quote(user.summary, 1000)}</p>`}
<h2>${m.user.works}</h2>
${works.length > 0 ? html`${renderWorks(works, setting)}<p><a href="/assets?owner=${user.username}">${m.list.all}</a></p>` : emptyState(m.user.noWorks)}
<h2>${m.user.follow}</h2>
<p>${m.user.followHow(copyable(handle))}</p>
<p><a href="${path}/feed.atom">${m.user.feed}</a></p>
<h2>${m.user.key}</h2>
${user.keys ? html`<p>${m.user.fingerprint}<br>${copyable(fingerprintOf(user.keys.publicKeyPem))}</p>` : html`<p>${m.user.noKey}</p>`}
<p><a href="${path}/key">${m.user.keyPage}</a></p>
${
  activities
    ? html`<h2>${m.user.activities}</h2>
${activities.length > 0 ? renderActivities(activities, setting) : emptyState(m.user.noActivities)}`
    : ''
}`,
  };
}
