import { type Actor, buildActor, type Iris } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import type { User } from '@artdag/store';

/**
 * The actor document of a user.
 *
 * @throws AppError `unavailable` while his keys are being made.
 */
export function presentActor(user: User, iris: Iris): Actor {
  const { username, displayName, summary, createdAt: published, keys } = user;
  if (!keys) {
    throw new AppError('unavailable', 'The keys of this user are being made: try again soon.', {
      retryAfter: 2,
    });
  }
  const profile = { displayName, ...(summary !== undefined && { summary }) };
  return buildActor({ username, published, ...profile, ...keys }, iris);
}
