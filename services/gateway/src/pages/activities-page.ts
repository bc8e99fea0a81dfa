import { html } from 'hono/html';
import { type ListedActivity, renderActivities } from './parts/activities.ts';
import { emptyState, pager } from './parts/elements.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** A part of the list of activities. */
export interface ActivitiesView {
  readonly activities: readonly ListedActivity[];
  readonly isFirst: boolean;
  readonly next?: string | undefined;
}

/** What users of this server said, the newest first. */
export function renderActivitiesPage(view: ActivitiesView, setting: PageSetting): Page {
  const { m } = setting;
  const { activities } = view;
  return {
    title: m.activity.title,
    section: 'activities',
    alternates: [{ type: 'application/json', path: '/activities?format=json' }],
    body: html`<h1>${m.activity.title}</h1>
${activities.length > 0 ? renderActivities(activities, setting) : emptyState(m.activity.none)}
${pager({ first: view.isFirst ? undefined : '/activities', next: view.next && `/activities?cursor=${view.next}` }, m.list)}`,
  };
}
