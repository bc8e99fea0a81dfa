import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { nextPath } from '../auth/next-path.ts';
import { setSessionCookie } from '../auth/session-cookie.ts';
import { logIn } from '../commands/log-in.ts';
import type { GatewayContext } from '../context.ts';
import { renderLoginPage } from '../pages/login-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { refuseForeignForms } from '../plugins/cross-site.ts';
import { sendFormPage, showFormAgain } from '../presenters/send-form-page.ts';
import { Credentials, NextQuery } from './schemas.ts';

const Form = Type.Object({ ...Credentials.properties, ...NextQuery.properties });

/** `/login`: a browser gets a token as a cookie. */
export function loginFormRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { publicUrl } = context.config;
  const setting = createPageSetting(context.config);
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });

    app.get('/login', { schema: { hide: true, querystring: NextQuery } }, async (request, reply) =>
      sendFormPage(reply, renderLoginPage({ next: nextPath(request.query.next) }, setting)),
    );

    app.post(
      '/login',
      {
        onRequest: refuseForeignForms(publicUrl),
        schema: { hide: true, body: Form },
        errorHandler: showFormAgain(({ field, problem }) =>
          renderLoginPage(
            { next: nextPath(field('next')), username: field('username'), problem },
            setting,
          ),
        ),
      },
      async (request, reply) => {
        const { username, password, next } = request.body;
        const issued = await logIn({ username, password, address: request.ip }, context);
        setSessionCookie(reply, issued, publicUrl);
        return reply.redirect(nextPath(next), 303);
      },
    );
  };
}
