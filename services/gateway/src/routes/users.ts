import {
  buildActor,
  buildOrderedCollection,
  buildOrderedCollectionPage,
} from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { decodeCursor, encodeCursor, type Position, type User } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { sendActivityJson } from '../presenters/send-activity-json.ts';
import { Problem } from './schemas.ts';

type Context = Pick<GatewayContext, 'store' | 'iris'>;

const PAGE_SIZE = 20;

const Params = Type.Object({ username: Type.String({ maxLength: 64 }) });
const PageQuery = Type.Object({ page: Type.Optional(Type.String({ maxLength: 1024 })) });

/** `/users/{username}`: actors and their collections. */
export function userRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { iris } = context;
  return async (app) => {
    app.get(
      '/users/:username',
      { schema: { summary: 'The actor of a user', params: Params, response: { 404: Problem } } },
      async (request, reply) => {
        const user = await findUser(request.params.username, context);
        return sendActivityJson(request, reply, JSON.stringify(presentActor(user, context)));
      },
    );

    app.get(
      '/users/:username/outbox',
      { schema: { summary: 'What a user has signed', params: Params, querystring: PageQuery } },
      async (request, reply) => {
        const { username } = await findUser(request.params.username, context);
        const { page } = request.query;
        return sendActivityJson(request, reply, await outboxText(username, page, context));
      },
    );

    for (const name of ['followers', 'following'] as const) {
      app.get(
        `/users/:username/${name}`,
        { schema: { summary: `The ${name} of a user`, params: Params } },
        async (request, reply) => {
          const { username } = await findUser(request.params.username, context);
          return sendActivityJson(
            request,
            reply,
            JSON.stringify(buildOrderedCollection(iris[name](username), 0)),
          );
        },
      );
    }
  };
}

async function findUser(username: string, { store }: Context): Promise<User> {
  const user = await store.users.find(username);
  if (!user) throw new AppError('not-found', 'No user has this name.');
  return user;
}

function presentActor(user: User, { iris }: Context) {
  if (!user.keys) {
    throw new AppError('unavailable', 'The keys of this user are being made: try again soon.', {
      retryAfter: 2,
    });
  }
  const { username, displayName, createdAt: published, keys } = user;
  return buildActor({ username, displayName, published, ...keys }, iris);
}

async function outboxText(
  username: string,
  page: string | undefined,
  { store, iris }: Context,
): Promise<string> {
  const collectionIri = iris.outbox(username);
  const totalItems = await store.activities.countByActor(username);
  if (page === undefined) return JSON.stringify(buildOrderedCollection(collectionIri, totalItems));
  const found = await store.activities.pageByActor(username, readPage(page), PAGE_SIZE + 1);
  const shown = found.slice(0, PAGE_SIZE);
  const last = found.length > PAGE_SIZE ? shown.at(-1) : undefined;
  return buildOrderedCollectionPage({
    collectionIri,
    pageIri: `${collectionIri}?page=${encodeURIComponent(page)}`,
    totalItems,
    items: shown.map((activity) => activity.text),
    nextIri:
      last &&
      `${collectionIri}?page=${encodeCursor({ at: last.publishedAt, id: last.activityId })}`,
  });
}

/** `first`, or the place after which a page goes on. `true` is what other servers ask for. */
function readPage(page: string): Position | undefined {
  if (page === 'first' || page === 'true') return undefined;
  const position = decodeCursor(page);
  if (!position)
    throw new AppError(
      'validation-failed',
      'querystring/page is not one that this server gave out.',
    );
  return position;
}
