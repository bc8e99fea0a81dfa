import { AppError } from '@artdag/errors';
import { hostOfIri } from '@artdag/registry';
import type { User } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { chooseForm } from '../choose-form.ts';
import { readUserView } from '../commands/read-user-view.ts';
import type { GatewayContext } from '../context.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { renderUserPage } from '../pages/user-page.ts';
import { requireSigner, signedFetch } from '../plugins/signed-fetch.ts';
import { linkPage } from '../presenters/link-page.ts';
import { presentActor } from '../presenters/present-actor.ts';
import { sendActivityJson } from '../presenters/send-activity-json.ts';
import { Problem, UserParams } from './schemas.ts';
import { listFollowersOf, openFollowers, openFollowing, openOutbox } from './user-collections.ts';

type Context = Pick<GatewayContext, 'config' | 'inbox' | 'tokens' | 'store' | 'iris' | 'now'>;

const PageQuery = Type.Object({ page: Type.Optional(Type.String({ maxLength: 1024 })) });

const COLLECTIONS = [
  { name: 'outbox', summary: 'What a user has signed', open: openOutbox },
  { name: 'followers', summary: 'Who follows a user', open: openFollowers },
  { name: 'following', summary: 'Whom a user follows', open: openFollowing },
] as const;

/** `/users/{username}`: actors and their collections. */
export function userRoutes(context: Context): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(context.config);
  return async (app) => {
    // Public in any case: whoever is to verify a signature of ours needs the key in it.
    app.get(
      '/users/:username',
      {
        schema: { summary: 'The actor of a user', params: UserParams, response: { 404: Problem } },
      },
      async (request, reply) => {
        const user = await findUser(request.params.username, context);
        if (chooseForm(request, ['activity', 'html']) === 'html')
          return reply.sendPage(renderUserPage(await readUserView(user, context), setting));
        return sendActivityJson(
          request,
          linkPage(reply),
          JSON.stringify(presentActor(user, context.iris)),
        );
      },
    );

    app.get(
      '/users/:username/followers_synchronization',
      {
        schema: {
          summary: 'Who follows a user, of the server that signs the request',
          params: UserParams,
          response: { 401: Problem, 404: Problem },
        },
      },
      async (request, reply) => {
        const { actorIri } = await requireSigner(request, context);
        const { username } = await findUser(request.params.username, context);
        const text = await listFollowersOf(hostOfIri(actorIri) ?? '', username, context);
        return sendActivityJson(request, reply.header('cache-control', 'private'), text);
      },
    );

    for (const { name, summary, open } of COLLECTIONS) {
      const read = open(context);
      app.get(
        `/users/:username/${name}`,
        {
          onRequest: signedFetch(context),
          schema: { summary, params: UserParams, querystring: PageQuery },
        },
        async (request, reply) => {
          const { username } = await findUser(request.params.username, context);
          const text = await read(username, request.query.page);
          return sendActivityJson(request, reply, text);
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
