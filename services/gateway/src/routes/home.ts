import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { negotiate } from '../negotiate.ts';
import { renderHomePage } from '../presenters/home-page.ts';
import { STYLESHEET, STYLESHEET_PATH } from '../presenters/render-page.ts';
import { VERSION } from '../version.ts';

const Query = Type.Object({ format: Type.Optional(Type.String({ maxLength: 16 })) });

const DAY_SECONDS = 86_400;

/** `/`: what this server is, for programs and for people. */
export function homeRoutes({ store, config }: GatewayContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/',
      { schema: { summary: 'What this server is', querystring: Query } },
      async (request, reply) => {
        const [assets, activities, users] = await Promise.all([
          store.assets.count(),
          store.activities.count(),
          store.users.count(),
        ]);
        reply.header('vary', 'Accept');
        const form = request.query.format ?? negotiate(request.headers.accept, ['json', 'html']);
        if (form === 'html') {
          const page = {
            domain: config.domain,
            user: config.firstUser,
            assetsCount: assets,
            activitiesCount: activities,
            usersCount: users,
          };
          return reply.type('text/html; charset=utf-8').send(await renderHomePage(page));
        }
        return reply.send({
          name: 'Art DAG L2',
          version: VERSION,
          domain: config.domain,
          user: config.firstUser,
          assets_count: assets,
          activities_count: activities,
          users_count: users,
          l1_servers: config.l1Servers,
        });
      },
    );

    app.get(STYLESHEET_PATH, { schema: { hide: true } }, (_, reply) =>
      reply
        .header('cache-control', `public, max-age=${DAY_SECONDS}`)
        .type('text/css; charset=utf-8')
        .send(STYLESHEET),
    );
  };
}
