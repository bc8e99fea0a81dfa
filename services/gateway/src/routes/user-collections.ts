import type { GatewayContext } from '../context.ts';
import { presentCollection } from '../presenters/present-collection.ts';

type Context = Pick<GatewayContext, 'store' | 'iris'>;
type Page = string | undefined;

/** Public activities of a user, each as it was signed. */
export function outbox(username: string, page: Page, { store, iris }: Context): Promise<string> {
  const { activities } = store;
  return presentCollection(
    {
      iri: iris.outbox(username),
      count: () => activities.countByActor(username),
      page: (after, limit) => activities.pageByActor(username, after, limit),
      textOf: (activity) => activity.text,
      positionOf: (activity) => ({ at: activity.publishedAt, id: activity.activityId }),
    },
    page,
  );
}

/** IRIs of the actors who follow a user. */
export function followers(username: string, page: Page, { store, iris }: Context) {
  const { count, page: readPage } = store.followers;
  return presentActors(username, page, { iri: iris.followers(username), count, page: readPage });
}

/** IRIs of the actors who let a user follow them. */
export function following(username: string, page: Page, { store, iris }: Context) {
  const { count, page: readPage } = store.following;
  return presentActors(username, page, { iri: iris.following(username), count, page: readPage });
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
