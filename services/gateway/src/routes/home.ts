import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { chooseForm } from '../choose-form.ts';
import type { GatewayContext } from '../context.ts';
import { renderHomePage } from '../pages/home-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { VERSION } from '../version.ts';

const Query = Type.Object({ format: Type.Optional(Type.String({ maxLength: 16 })) });

const LATEST = 6;

/** `/`: what this server is, for programs and for people. */
export function homeRoutes({ store, config }: GatewayContext): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(config);
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
        if (chooseForm(request, ['json', 'html']) === 'html') {
          const latest = await store.assets.latest({}, undefined, LATEST);
          const counts = { assetsCount: assets, activitiesCount: activities, usersCount: users };
          return reply.sendPage(renderHomePage({ ...counts, latest }, setting));
        }
        reply
          .header('vary', 'Accept')
          .header('link', '</?format=html>; rel="alternate"; type="text/html"');
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
  };
}
