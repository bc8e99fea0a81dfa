import { getMember, getStringMember } from '@artdag/signatures';
import { type InboxHandler, iriOf } from './incoming-activity.ts';

const RETRY_MS = 1000;
/** Whatever else is named is not waited for: an Undo may name itself. */
const UNDOABLE = new Set(['Follow', 'Like', 'Announce']);

/**
 * Takes a Follow, a Like or an Announce back, if it was the same actor's. One that is not processed
 * yet goes first, and one that comes later has no effect: the Undo is noted before anything is
 * removed, and looked for after anything is added.
 *
 * @see https://www.w3.org/TR/activitypub/#undo-activity-inbox
 */
export const handleUndo: InboxHandler = async (activity, { store, iris, now }) => {
  const { receivedId, actorIri, object, objectIri } = activity;
  const author = iriOf(getMember(object, 'actor')) ?? actorIri;
  if (author !== actorIri) return;
  if (objectIri !== undefined) {
    const undone = await store.receivedActivities.find(store.receivedActivities.idOf(objectIri));
    const isOpen = undone?.state === 'received' && UNDOABLE.has(undone.type);
    if (isOpen && undone.actorIri === actorIri) {
      return { againAt: new Date(now().getTime() + RETRY_MS) };
    }
    await store.receivedActivities.noteUndo(receivedId, objectIri);
    await store.followers.removeByFollow(objectIri, actorIri);
    await store.reactions.removeByActivity(objectIri, actorIri);
  }
  // Peers that keep no ids name the Follow by its members alone.
  const followed = iris.usernameOf(iriOf(getMember(object, 'object')) ?? '');
  if (getStringMember(object, 'type') === 'Follow' && followed !== undefined) {
    await store.followers.remove(followed, actorIri);
  }
  return undefined;
};
