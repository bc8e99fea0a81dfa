import { CONTENT_HASH_PATTERN } from '@artdag/registry';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { renderVerifyPage } from '../pages/verify-page.ts';

const Query = Type.Object({ hash: Type.Optional(Type.String({ maxLength: 1024 })) });
const contentHash = new RegExp(CONTENT_HASH_PATTERN);

/** `/verify`: the page on which anybody checks a claim. A hash leads to what is claimed of it. */
export function verifyRoutes({
  config: { publicUrl },
}: Pick<GatewayContext, 'config'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/verify', { schema: { hide: true, querystring: Query } }, async (request, reply) => {
      const hash = request.query.hash?.trim();
      if (hash !== undefined && contentHash.test(hash)) {
        return reply.redirect(`/objects/${encodeURIComponent(hash)}`, 303);
      }
      const problem = hash === undefined ? undefined : 'This is not a hash that a claim can name.';
      reply.code(problem === undefined ? 200 : 422);
      return reply.sendPage(renderVerifyPage({ publicUrl, problem }));
    });
  };
}
