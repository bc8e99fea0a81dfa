import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { search } from '../commands/search.ts';
import type { GatewayContext } from '../context.ts';
import { renderSearchPage } from '../pages/search-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';

const Query = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 2048, pattern: '^[^\\u0000]*$' })),
});

/** `/search`: the one search box. It leads to what the text names, or lists what it may mean. */
export function searchRoutes(
  context: Pick<GatewayContext, 'store' | 'config'>,
): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(context.config);
  return async (app) => {
    app.get('/search', { schema: { hide: true, querystring: Query } }, async (request, reply) => {
      const query = request.query.q?.trim() ?? '';
      if (query === '') return reply.redirect('/assets', 303);
      const result = await search(query, context);
      if (result.kind === 'one') return reply.redirect(result.path, 303);
      const works = result.kind === 'works' ? result.works : [];
      const isForeign = result.kind === 'foreign';
      return reply.sendPage(renderSearchPage({ query, works, isForeign }, setting));
    });
  };
}
