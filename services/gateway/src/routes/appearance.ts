import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { nextPath } from '../auth/next-path.ts';
import type { GatewayContext } from '../context.ts';
import { refuseForeignForms } from '../plugins/cross-site.ts';
import { SCHEME_COOKIE } from '../plugins/pages.ts';
import { NextQuery } from './schemas.ts';

const Form = Type.Object({
  scheme: Type.Enum(['auto', 'light', 'dark']),
  ...NextQuery.properties,
});

const YEAR_SECONDS = 31_536_000;

/** `/appearance`: whether a browser gets pages light or dark. */
export function appearanceRoutes({
  config,
}: Pick<GatewayContext, 'config'>): FastifyPluginAsyncTypebox {
  const { publicUrl } = config;
  const secure = publicUrl.startsWith('https:');
  return async (app) => {
    await app.register(formbody, { bodyLimit: 4096 });
    app.post(
      '/appearance',
      { onRequest: refuseForeignForms(publicUrl), schema: { hide: true, body: Form } },
      async (request, reply) => {
        const { scheme, next } = request.body;
        const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
        if (scheme === 'auto') reply.clearCookie(SCHEME_COOKIE, options);
        else reply.setCookie(SCHEME_COOKIE, scheme, { ...options, maxAge: YEAR_SECONDS });
        return reply.redirect(nextPath(next), 303);
      },
    );
  };
}
