import { type ActivitySource, composeActivity } from './activity-text.ts';
import type { Iris } from './iris.ts';

/** What an Undo is made from. */
export interface UndoSource extends ActivitySource {
  /** The activity of the same actor that is taken back. */
  readonly undone: {
    readonly type: 'Follow' | 'Announce';
    readonly activityId: string;
    readonly objectIri: string;
  };
}

/**
 * The JSON text of an unsigned Undo, with the activity that it takes back inside.
 *
 * @see https://www.w3.org/TR/activitypub/#undo-activity-outbox
 */
export function buildUndo(source: UndoSource, iris: Iris): string {
  const { type, activityId, objectIri } = source.undone;
  const object = {
    type,
    id: iris.activity(activityId),
    actor: iris.actor(source.username),
    object: objectIri,
  };
  return composeActivity('Undo', source, JSON.stringify(object), iris);
}
