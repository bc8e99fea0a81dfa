import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { chooseForm } from '../choose-form.ts';
import type { GatewayContext } from '../context.ts';
import { renderKeyPage } from '../pages/key-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { renderUsersPage } from '../pages/users-page.ts';
import { asText, Problem, UserParams } from './schemas.ts';

const PAGE_SIZE = 50;

/** `/users` and `/users/{username}/key`. */
export function userPageRoutes({
  store,
  iris,
  config,
}: Pick<GatewayContext, 'store' | 'iris' | 'config'>): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(config);
  return async (app) => {
    app.get(
      '/users',
      {
        schema: {
          summary: 'The users, by name',
          querystring: Type.Object({ after: Type.Optional(Type.String({ maxLength: 64 })) }),
        },
      },
      async (request, reply) => {
        const { after } = request.query;
        const found = await store.users.page(after, PAGE_SIZE + 1);
        const users = found.slice(0, PAGE_SIZE);
        const next = found.length > PAGE_SIZE ? users.at(-1)?.username : undefined;
        if (chooseForm(request, ['json', 'html']) === 'html')
          return reply.sendPage(
            renderUsersPage({ users, isFirst: after === undefined, next }, setting),
          );
        const listed = users.map(({ username, displayName }) => ({
          username,
          display_name: displayName,
          actor: iris.actor(username),
        }));
        return reply.header('vary', 'Accept').send({ users: listed, next: next ?? null });
      },
    );

    app.get(
      '/users/:username/key',
      {
        schema: {
          summary: 'The public RSA key of a user, in PEM',
          params: UserParams,
          response: { 200: asText(Type.String()), 404: Problem },
        },
      },
      async (request, reply) => {
        const user = await store.users.find(request.params.username);
        if (!user) throw new AppError('not-found', 'No user has this name.');
        const isPem = Reflect.get(Object(request.query), 'format') === 'pem';
        if (!isPem && chooseForm(request, ['json', 'html']) === 'html')
          return reply.sendPage(renderKeyPage(user, setting));
        if (!user.keys)
          throw new AppError(
            'unavailable',
            'The keys of this user are being made: try again soon.',
            {
              retryAfter: 2,
            },
          );
        return reply
          .header('vary', 'Accept')
          .type('application/x-pem-file')
          .send(user.keys.publicKeyPem);
      },
    );
  };
}
