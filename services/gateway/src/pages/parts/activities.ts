import { getMember, getStringMember, parseLosslessJson } from '@artdag/signatures';
import type { SignedActivity } from '@artdag/store';
import { html } from 'hono/html';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { identity, iriLink, quote, time } from './elements.ts';

/** An activity as a list shows it. */
export type ListedActivity = Pick<
  SignedActivity,
  'activityId' | 'type' | 'actor' | 'objectIri' | 'publishedAt' | 'text'
>;

/** What an activity says, as a sentence. */
export function renderSentence(activity: ListedActivity, { m, iris, domain }: PageSetting): Html {
  const who = identity(activity.actor, domain);
  const what = iriLink(activity.objectIri, iris, claimedNameOf(activity));
  const { sentences } = m.activity;
  switch (activity.type) {
    case 'Create':
    case 'Announce':
    case 'Follow':
    case 'Accept':
    case 'Reject':
    case 'Undo':
    case 'Update':
    case 'Delete':
      return sentences[activity.type](who, what);
    default:
      return sentences.other(who, what, quote(activity.type));
  }
}

/** Activities one below the other, each with its time, which leads to it. */
export function renderActivities(
  activities: readonly ListedActivity[],
  setting: PageSetting,
): Html {
  return html`<ul class="lines">${activities.map(
    (activity) => html`<li>${renderSentence(activity, setting)}<br>
<a href="/activities/${encodeURIComponent(activity.activityId)}">${time(activity.publishedAt)}</a></li>`,
  )}</ul>`;
}

/** The name that a Create gives its object. */
export function claimedNameOf({
  type,
  text,
}: Pick<ListedActivity, 'type' | 'text'>): string | undefined {
  if (type !== 'Create') return undefined;
  return getStringMember(getMember(parseLosslessJson(text), 'object'), 'name');
}
