import { createBriefCache } from '@artdag/runtime';
import type { GatewayContext } from '../context.ts';
import { presentCollection } from '../presenters/present-collection.ts';

type Context = Pick<GatewayContext, 'store' | 'iris'>;
type Page = string | undefined;

/** The JSON text of a user's collection, or of one page of it. */
type CollectionReader = (username: string, page: Page) => Promise<string>;

/** A count walks over all that it counts, so it is asked for at most once a second for each user. */
const COUNTS = { ttlMs: 1000, maxEntries: 1000 };

/** Public activities of a user, each as it was signed. */
export function openOutbox({ store, iris }: Context): CollectionReader {
  const { activities } = store;
  const counts = createBriefCache((username) => activities.countByActor(username), COUNTS);
  return (username, page) =>
    presentCollection(
      {
        iri: iris.outbox(username),
        count: () => counts.get(username),
        page: (after, limit) => activities.pageByActor(username, after, limit),
        textOf: (activity) => activity.text,
        positionOf: (activity) => ({ at: activity.publishedAt, id: activity.activityId }),
      },
      page,
    );
}

/** IRIs of the actors who follow a user. */
export function openFollowers({ store, iris }: Context): CollectionReader {
  const { count, page: readPage } = store.followers;
  return (username, page) =>
    presentActors(username, page, { iri: iris.followers(username), count, page: readPage });
}

/** IRIs of the actors who let a user follow them. */
export function openFollowing({ store, iris }: Context): CollectionReader {
  const { count, page: readPage } = store.following;
  return (username, page) =>
    presentActors(username, page, { iri: iris.following(username), count, page: readPage });
}

/**
 * IRIs of the actors of one host who follow a user: all of them, as that host forgets whoever is
 * left out.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md
 */
export async function listFollowersOf(
  host: string,
  username: string,
  { store, iris }: Context,
): Promise<string> {
  const orderedItems = await store.followers.listByHost(username, host);
  return JSON.stringify({
    '@context': 'https://www.w3.org/ns/activitystreams',
    type: 'OrderedCollection',
    id: iris.followersSynchronization(username),
    totalItems: orderedItems.length,
    orderedItems,
  });
}

interface ActorSource {
  readonly iri: string;
  readonly count: Context['store']['following']['count'];
  readonly page: (
    ...args: Parameters<Context['store']['following']['page']>
  ) => Promise<readonly { readonly actorIri: string; readonly since: Date }[]>;
}

function presentActors(username: string, page: Page, source: ActorSource): Promise<string> {
  return presentCollection(
    {
      iri: source.iri,
      count: () => source.count(username),
      page: (after, limit) => source.page(username, after, limit),
      textOf: ({ actorIri }) => JSON.stringify(actorIri),
      positionOf: ({ actorIri, since }) => ({ at: since, id: `${username} ${actorIri}` }),
    },
    page,
  );
}
