import type { Iris } from '@artdag/activitypub';
import { hostOfIri } from '@artdag/registry';
import { inChunks } from '../fan-out/in-chunks.ts';
import { writeDeliveries } from '../fan-out/write-deliveries.ts';
import type { InboxContext, IncomingActivity } from './incoming-activity.ts';
import { isSelfProving } from './is-self-proving.ts';
import { findAddressees, findLinks } from './links.ts';

const CHUNK = 1000;
/** Objects of ours that one activity may make us look for. */
const MAX_LOOK_UPS = 5;

/** Whether a body names anything of ours at all; most of what comes does not, and is not read. */
export function mayConcernUs(body: string, { base }: Pick<Iris, 'base'>): boolean {
  return body.includes(new URL(base).host);
}

/**
 * Passes an activity about an object of ours on to the followers of a user of ours, where it is
 * addressed to them: its author does not know them. They get the bytes that came, and only if those
 * show by themselves who has made them. A second run writes nothing.
 *
 * @see https://www.w3.org/TR/activitypub/#inbox-forwarding
 */
export async function forwardActivity(
  activity: IncomingActivity,
  context: InboxContext,
): Promise<void> {
  const { store, iris } = context;
  const usernames = findAddressees(activity.document).flatMap((iri) => iris.followedIn(iri) ?? []);
  if (usernames.length === 0 || !(await concernsUs(activity, context))) return;
  if (!(await isSelfProving(activity, context))) return;
  for (const username of new Set(usernames)) {
    if (await store.users.exists(username)) await forwardTo(username, activity, context);
  }
}

async function concernsUs(
  { document }: IncomingActivity,
  { store, iris }: InboxContext,
): Promise<boolean> {
  const ours = findLinks(document).filter((iri) => iri.startsWith(`${iris.base}/`));
  for (const iri of ours.slice(0, MAX_LOOK_UPS)) {
    const contentHash = iris.contentHashOf(iri);
    if (contentHash !== undefined && (await store.activities.findEarliestCreate(contentHash)))
      return true;
    const activityId = iris.activityIdOf(iri);
    if (activityId !== undefined && (await store.activities.find(activityId))) return true;
  }
  return false;
}

async function forwardTo(
  username: string,
  { receivedId, activityIri, actorIri, objectIri = activityIri, receivedAt }: IncomingActivity,
  context: InboxContext,
): Promise<void> {
  const activity = {
    activityId: receivedId,
    actor: username,
    objectIri,
    publishedAt: receivedAt,
  };
  const author = hostOfIri(actorIri);
  const inboxes = context.store.followers.deliveryInboxes(username);
  for await (const chunk of inChunks(inboxes, CHUNK)) {
    const others = chunk.filter((inbox) => hostOfIri(inbox) !== author);
    await writeDeliveries(others, { activity, hasPredecessor: true }, context);
  }
}
