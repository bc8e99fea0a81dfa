import { AppError } from '@artdag/errors';
import type { RemoteActor, SignedActivity } from '@artdag/store';
import type { FederationContext } from '../context.ts';

type Context = Pick<FederationContext, 'store' | 'iris' | 'resolveActor'>;

/**
 * Every inbox that an activity goes to, each once.
 *
 * @throws AppError `unavailable` where an actor cannot be found out now.
 */
export async function* audienceInboxes(
  { actor, audience }: Pick<SignedActivity, 'actor' | 'audience'>,
  context: Context,
): AsyncIterable<string> {
  if (audience.kind === 'followers') {
    yield* context.store.followers.deliveryInboxes(actor);
    // By the shared inbox, which may be among those: then it is one delivery.
    const others = await findActors(audience.actorIris ?? [], context);
    yield* others.map(({ inbox, sharedInbox = inbox }) => sharedInbox);
    return;
  }
  const actors = await findActors(audience.actorIris, context);
  yield* new Set(actors.map((found) => inboxAmong(actors, found)));
}

async function findActors(
  actorIris: readonly string[],
  context: Context,
): Promise<readonly RemoteActor[]> {
  const actors: RemoteActor[] = [];
  for (const actorIri of new Set(actorIris)) {
    const found = await findActor(actorIri, context);
    if (found) actors.push(found);
  }
  return actors;
}

/** An actor alone is written to at his own inbox, several of one server at the one they share. */
function inboxAmong(actors: readonly RemoteActor[], { inbox, sharedInbox }: RemoteActor): string {
  if (sharedInbox === undefined) return inbox;
  const sharing = actors.filter((other) => other.sharedInbox === sharedInbox);
  return sharing.length > 1 ? sharedInbox : inbox;
}

async function findActor(
  actorIri: string,
  { store, iris, resolveActor }: Context,
): Promise<RemoteActor | undefined> {
  if (iris.usernameOf(actorIri) !== undefined) return undefined;
  const known = await store.remoteActors.find(actorIri);
  if (known) return known.isGone ? undefined : known;
  if ((await resolveActor(actorIri)) === 'gone') return undefined;
  const resolved = await store.remoteActors.find(actorIri);
  if (resolved) return resolved;
  throw new AppError('unavailable', 'An actor of the audience cannot be found out now.');
}
