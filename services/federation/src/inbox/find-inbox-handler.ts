import { handleBlock } from './block.ts';
import { handleDelete } from './delete.ts';
import { handleFlag } from './flag.ts';
import { handleFollow } from './follow.ts';
import { handleAccept, handleReject } from './follow-answer.ts';
import type { InboxHandler } from './incoming-activity.ts';
import { handleMove } from './move.ts';
import { handleAnnounce, handleLike } from './reaction.ts';
import { handleUndo } from './undo.ts';
import { handleUpdate } from './update.ts';

const handlers = new Map<string, InboxHandler>([
  ['Follow', handleFollow],
  ['Undo', handleUndo],
  ['Accept', handleAccept],
  ['Reject', handleReject],
  ['Announce', handleAnnounce],
  ['Like', handleLike],
  ['Update', handleUpdate],
  ['Delete', handleDelete],
  ['Move', handleMove],
  ['Block', handleBlock],
  ['Flag', handleFlag],
]);

/**
 * What is to be done about activities of a type. Nothing for types that are unknown, and for a
 * Create: a peer's object is his, whatever content hash it names, and changes no ownership here.
 */
export function findInboxHandler(type: string): InboxHandler | undefined {
  return handlers.get(type);
}
