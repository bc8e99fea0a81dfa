import { CONTENT_HASH_PATTERN } from '@artdag/registry';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { renderVerifyPage } from '../pages/verify-page.ts';

const Query = Type.Object({ hash: Type.Optional(Type.String({ maxLength: 1024 })) });
const contentHash = new RegExp(CONTENT_HASH_PATTERN);

/** `/verify`: the page on which anybody checks a claim. A hash leads to what is claimed of it. */
export function verifyRoutes({
  config,
}: Pick<GatewayContext, 'config'>): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(config);
  return async (app) => {
    app.get('/verify', { schema: { hide: true, querystring: Query } }, async (request, reply) => {
      const hash = request.query.hash?.trim();
      if (hash !== undefined && contentHash.test(hash)) {
        return reply.redirect(`/objects/${encodeURIComponent(hash)}`, 303);
      }
      const isHashWrong = hash !== undefined;
      reply.code(isHashWrong ? 422 : 200);
      return reply.sendPage(renderVerifyPage(setting, isHashWrong));
    });
  };
}
