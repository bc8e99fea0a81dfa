import { type Addressees, buildUndo, deriveActivityId } from '@artdag/activitypub';
import { formatPublished } from '@artdag/registry';
import type { PendingActivity } from '@artdag/store';
import {
  type Publication,
  type PublishContext,
  publishActivity,
  timeAfter,
} from './publish-activity.ts';

/** An activity that may be taken back. */
export interface Undoable {
  readonly type: 'Follow' | 'Announce';
  readonly activityId: string;
  readonly publishedAt: Date;
  readonly username: string;
  readonly objectIri: string;
  readonly addressees: Addressees;
  readonly delivery: Pick<PendingActivity, 'audience' | 'isPublic'>;
}

/** Id of the one Undo that an activity can have. */
export function undoIdOf(activityId: string): string {
  return deriveActivityId('Undo', activityId);
}

/** Takes an activity back; a second time gives the same Undo. */
export async function undoActivity(
  undoable: Undoable,
  waitMs: number,
  context: PublishContext,
): Promise<Publication> {
  const { type, activityId: takesBack, username, objectIri, addressees, delivery } = undoable;
  const activityId = undoIdOf(takesBack);
  const publishedAt = timeAfter(undoable, context.now());
  const published = formatPublished(publishedAt);
  const undone = { type, activityId: takesBack, objectIri };
  const draft = buildUndo({ activityId, username, published, undone, ...addressees }, context.iris);
  return publishActivity(
    {
      activityId,
      type: 'Undo',
      actor: username,
      publishedAt,
      objectIri,
      takesBack,
      draft,
      ...delivery,
    },
    waitMs,
    context,
  );
}
