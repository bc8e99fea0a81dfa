import { type ActivitySource, composeActivity } from './activity-text.ts';
import { buildTombstone } from './build-tombstone.ts';
import type { Iris } from './iris.ts';

/** What a Delete is made from. */
export interface DeleteSource extends ActivitySource {
  /** What is deleted: an object of the actor, or a claim of his. */
  readonly deleted: { readonly id: string; readonly formerType: string };
}

/**
 * The JSON text of an unsigned Delete, with a Tombstone in the place of the object.
 *
 * @see https://www.w3.org/TR/activitypub/#delete-activity-outbox
 */
export function buildDelete(source: DeleteSource, iris: Iris): string {
  const tombstone = buildTombstone({ ...source.deleted, deleted: source.published });
  return composeActivity('Delete', source, JSON.stringify(tombstone), iris);
}
