import { ASSET_LIMITS } from '@artdag/registry';
import { type AssetFilter, encodeCursor } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { chooseForm } from '../choose-form.ts';
import type { GatewayContext } from '../context.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { renderTagPage } from '../pages/tag-page.ts';
import { registryPath, renderWorksPage } from '../pages/works-page.ts';
import { readPosition } from './list-query.ts';

const optional = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const cursor = optional(4096);

const Query = Type.Object({
  type: optional(ASSET_LIMITS.assetType),
  tag: optional(ASSET_LIMITS.tag),
  owner: optional(64),
  state: Type.Optional(Type.Enum(['', 'pending', 'signed', 'failed', 'withdrawn', 'unsigned'])),
  q: Type.Optional(Type.String({ maxLength: 128, pattern: '^[^\\u0000]*$' })),
  view: Type.Optional(Type.Enum(['grid', 'table'])),
  cursor,
});

const TagParams = Type.Object({ tag: Type.String({ maxLength: 8 * ASSET_LIMITS.tag }) });

const PAGE_SIZE = 24;

/** `/assets` and `/tags/{tag}`: works for people; programs are sent to the registry. */
export function workListRoutes({
  store,
  config,
}: Pick<GatewayContext, 'store' | 'config'>): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(config);
  const readPart = async (filter: AssetFilter, after: string | undefined) => {
    const found = await store.assets.latest(filter, readPosition(after), PAGE_SIZE + 1);
    const works = found.slice(0, PAGE_SIZE);
    const last = found.length > PAGE_SIZE ? works.at(-1) : undefined;
    const next = last && encodeCursor({ at: last.registeredAt, id: last.name });
    return { works, isFirst: after === undefined, next };
  };
  return async (app) => {
    app.get('/assets', { schema: { hide: true, querystring: Query } }, async (request, reply) => {
      const { cursor: after, ...query } = request.query;
      if (chooseForm(request, ['json', 'html']) === 'json')
        return reply.header('vary', 'Accept').redirect(registryPath(query), 303);
      const part = await readPart(readFilter(query), after);
      return reply.sendPage(renderWorksPage({ ...part, query }, setting));
    });

    app.get(
      '/tags/:tag',
      { schema: { hide: true, params: TagParams, querystring: Type.Object({ cursor }) } },
      async (request, reply) => {
        const { tag } = request.params;
        if (chooseForm(request, ['json', 'html']) === 'json')
          return reply.header('vary', 'Accept').redirect(registryPath({ tag }), 303);
        const part = await readPart({ tag }, request.query.cursor);
        return reply.sendPage(renderTagPage({ ...part, tag }, setting));
      },
    );

    app.get(
      '/asset/:name',
      { schema: { hide: true, params: Type.Object({ name: Type.String() }) } },
      (request, reply) =>
        reply.redirect(`/registry/${encodeURIComponent(request.params.name)}`, 301),
    );
  };
}

function readFilter({ type, tag, owner, state, q }: Static<typeof Query>): AssetFilter {
  return {
    ...(type && { assetType: type }),
    ...(tag && { tag }),
    ...(owner && { owner: owner.replace(/^@|@.*$/g, '') }),
    ...(state && { state }),
    ...(q && { nameContains: q }),
  };
}
