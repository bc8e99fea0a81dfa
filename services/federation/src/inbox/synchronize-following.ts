import { digestFollowers } from '@artdag/activitypub';
import { fetchDocument } from '@artdag/peers';
import { getMember } from '@artdag/signatures';
import { type InboxContext, type IncomingActivity, iriOf } from './incoming-activity.ts';
import { undoUnknownFollowing } from './undo-unknown-following.ts';

type Claim = NonNullable<IncomingActivity['followersClaim']>;

const EVERY_MS = 10 * 60_000;
/** Undos that one list may make us send. */
const MAX_UNDOS = 100;

/**
 * Where an actor's server counts other followers among our users than we do, asks it for the list and
 * puts both sides right: ends each following that is not on it, takes for accepted who is, and sends
 * an Undo for whoever of us is on it without following. The list must have the digest that was claimed: else it has
 * changed since, or is not whole, and nothing is done.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md#on-the-receiving-end
 */
export async function synchronizeFollowing(
  activity: IncomingActivity,
  context: InboxContext,
): Promise<void> {
  const { actorIri, followersClaim } = activity;
  const { store, iris, now } = context;
  if (!followersClaim) return;
  const actor = await store.remoteActors.find(actorIri);
  if (actor?.followers !== followersClaim.collectionId) return;
  const usernames: string[] = [];
  for await (const { username } of store.following.byActor(actorIri)) usernames.push(username);
  if (digestFollowers(usernames.map(iris.actor)) === followersClaim.digest) return;
  if (!(await store.remoteActors.claimSynchronization(actorIri, now(), EVERY_MS))) return;
  const listed = await fetchFollowers(followersClaim, context);
  if (!listed) return;
  for (const username of usernames) {
    if (!listed.has(iris.actor(username))) await store.following.remove(username, actorIri);
  }
  const ours = [...listed].flatMap((iri) => iris.usernameOf(iri) ?? []);
  const unknown = await acceptAsked(ours, actorIri, context);
  for (const username of unknown.slice(0, MAX_UNDOS)) {
    if (await store.users.exists(username)) await undoUnknownFollowing(username, activity, context);
  }
}

/** The whole list on one page, which is how servers send it; nothing where it is not to be relied on. */
async function fetchFollowers(
  { url, digest }: Claim,
  { fetch, signHop }: InboxContext,
): Promise<ReadonlySet<string> | undefined> {
  const fetched = await fetchDocument(url, { fetch, signHop });
  if (!fetched.ok) return undefined;
  const { document } = fetched;
  const list = getMember(document, 'orderedItems') ?? getMember(document, 'items');
  const items = list?.kind === 'array' ? list.items : [list];
  const iris = new Set(items.map(iriOf).filter((iri) => iri !== undefined));
  return digestFollowers(iris) === digest ? iris : undefined;
}

/** Whoever is on the list was accepted, also where the Accept was lost. Gives those who do not follow. */
async function acceptAsked(
  usernames: readonly string[],
  actorIri: string,
  { store }: InboxContext,
): Promise<readonly string[]> {
  const unknown: string[] = [];
  for (const username of usernames) {
    const following = await store.following.find(username, actorIri);
    if (!following) unknown.push(username);
    if (following?.state !== 'requested') continue;
    await store.following.answer(following.followId, actorIri, 'accepted');
  }
  return unknown;
}
