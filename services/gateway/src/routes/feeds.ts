import { AppError } from '@artdag/errors';
import type { AssetFilter } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { ATOM, type Feed, renderAtom } from '../pages/share/atom.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { UserParams } from './schemas.ts';

const ENTRIES = 20;
const TagParams = Type.Object({ tag: Type.String({ maxLength: 1024 }) });

/** Atom feeds: of all works, of a user's, of a tag's. */
export function feedRoutes({
  store,
  config,
}: Pick<GatewayContext, 'store' | 'config'>): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(config);
  const send = async (
    reply: FastifyReply,
    filter: AssetFilter,
    feed: Omit<Feed, 'works' | 'since'> & Partial<Pick<Feed, 'since'>>,
  ) => {
    const works = await store.assets.latest(filter, undefined, ENTRIES);
    return reply
      .header('cache-control', 'public, max-age=300')
      .type(ATOM)
      .send(renderAtom({ since: new Date(0), ...feed, works }, setting));
  };
  return async (app) => {
    app.get(
      '/feed.atom',
      { schema: { summary: 'The latest works, as an Atom feed' } },
      (_, reply) =>
        send(
          reply,
          {},
          {
            title: setting.m.site.footer(config.domain),
            path: '/feed.atom',
            pagePath: '/',
          },
        ),
    );

    app.get(
      '/users/:username/feed.atom',
      { schema: { summary: 'The latest works of a user, as an Atom feed', params: UserParams } },
      async (request, reply) => {
        const { username } = request.params;
        const user = await store.users.find(username);
        if (!user) throw new AppError('not-found', 'No user has this name.');
        const pagePath = `/users/${username}`;
        const title = `@${username}@${config.domain}`;
        const path = `${pagePath}/feed.atom`;
        return send(reply, { owner: username }, { title, path, pagePath, since: user.createdAt });
      },
    );

    app.get(
      '/tags/:tag/feed.atom',
      { schema: { summary: 'The latest works of a tag, as an Atom feed', params: TagParams } },
      (request, reply) => {
        const { tag } = request.params;
        const pagePath = `/tags/${encodeURIComponent(tag)}`;
        const title = setting.m.tags.title(tag);
        return send(reply, { tag }, { title, path: `${pagePath}/feed.atom`, pagePath });
      },
    );
  };
}
