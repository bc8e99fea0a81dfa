import { addressPublic, buildUpdate, deriveActivityId } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { formatPublished } from '@artdag/registry';
import type { PendingActivity, Profile, User } from '@artdag/store';
import { presentActor } from '../presenters/present-actor.ts';
import {
  findPublication,
  type Publication,
  type PublishContext,
  timeAfter,
} from './publish-activity.ts';

/** What a user wants to change; what is undefined stays, and an empty summary goes. */
export interface ProfileWish {
  readonly username: string;
  readonly displayName: string | undefined;
  readonly summary: string | undefined;
  readonly waitMs: number;
}

/**
 * Changes the actor of a user and tells his followers. The Update is the one write that decides;
 * the profile follows from it at once, and again when the Update is sent out. Where nothing
 * changes, the last Update is the answer, and nothing where there was none.
 *
 * @throws AppError `validation-failed`, or `unavailable` while the actor has no keys.
 */
export async function updateProfile(
  wish: ProfileWish,
  context: PublishContext,
): Promise<Publication | undefined> {
  const { store, iris } = context;
  const { username, waitMs } = wish;
  const user = await store.users.find(username);
  if (!user) throw new AppError('not-found', 'No user has this name.');
  const profile = mergeProfile(user, wish);
  const latest = await store.activities.findLatest(username, 'Update', iris.actor(username));
  if (profile.displayName === user.displayName && profile.summary === user.summary)
    return latest && findPublication(latest.activityId, waitMs, context);
  const pending = buildPending(user, profile, latest, context);
  await store.activities.insertPending(pending);
  await store.users.setProfile(username, profile, pending.publishedAt);
  return findPublication(pending.activityId, waitMs, context);
}

function mergeProfile(user: User, wish: ProfileWish): Profile {
  const displayName = (wish.displayName ?? user.displayName).trim();
  const summary = (wish.summary ?? user.summary ?? '').trim();
  if (
    displayName === '' ||
    !isPlainText(displayName.concat(summary)) ||
    /[\n\r]/.test(displayName)
  ) {
    throw new AppError(
      'validation-failed',
      'body must hold well-formed text without control characters, and a display_name that is not empty.',
    );
  }
  return { displayName, ...(summary !== '' && { summary }) };
}

/** A tab and the ends of lines are the control characters that text may hold. */
function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(text);
}

function buildPending(
  user: User,
  profile: Profile,
  latest: { readonly activityId: string; readonly publishedAt: Date } | undefined,
  { iris, now }: PublishContext,
): PendingActivity {
  const { username } = user;
  const { displayName, summary = '' } = profile;
  const activityId = deriveActivityId(
    'Update',
    username,
    latest?.activityId ?? '',
    displayName,
    summary,
  );
  const publishedAt = timeAfter(latest, now());
  const published = formatPublished(publishedAt);
  const { summary: _summary, ...rest } = user;
  const actor = presentActor({ ...rest, ...profile }, iris);
  return {
    activityId,
    type: 'Update',
    actor: username,
    publishedAt,
    objectIri: iris.actor(username),
    profile,
    draft: buildUpdate(
      { activityId, username, published, actor, ...addressPublic(username, iris) },
      iris,
    ),
    audience: { kind: 'followers' },
    isPublic: true,
  };
}
