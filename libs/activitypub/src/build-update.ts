import { type ActivitySource, composeActivity } from './activity-text.ts';
import type { Actor } from './build-actor.ts';
import type { Iris } from './iris.ts';

/** What the Update of an actor is made from. */
export interface UpdateSource extends ActivitySource {
  /** The actor as he is from now on. */
  readonly actor: Actor;
}

/**
 * The JSON text of an unsigned Update of an actor, who stands in it as a whole.
 *
 * @see https://www.w3.org/TR/activitypub/#update-activity-outbox
 */
export function buildUpdate(source: UpdateSource, iris: Iris): string {
  return composeActivity('Update', source, JSON.stringify(source.actor), iris);
}
