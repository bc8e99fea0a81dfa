import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { nextPath } from '../auth/next-path.ts';
import { setSessionCookie } from '../auth/session-cookie.ts';
import { registerUser } from '../commands/register-user.ts';
import type { GatewayContext } from '../context.ts';
import { renderRegisterPage } from '../pages/register-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { refuseForeignForms } from '../plugins/cross-site.ts';
import { sendFormPage, showFormAgain } from '../presenters/send-form-page.ts';
import { Email, NewPassword, NextQuery, Username } from './schemas.ts';

/** A field that was left empty comes as an empty text. */
const Form = Type.Object({
  username: Username,
  password: NewPassword,
  email: Type.Optional(Type.Union([Email, Type.Literal('')])),
  invite: Type.Optional(Type.String({ maxLength: 128 })),
  ...NextQuery.properties,
});

/** `/register`: a browser makes a user and is logged in by a cookie. */
export function registerFormRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { publicUrl, registration } = context.config;
  const setting = createPageSetting(context.config);
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });

    app.get(
      '/register',
      { schema: { hide: true, querystring: NextQuery } },
      async (request, reply) => {
        const next = nextPath(request.query.next);
        return sendFormPage(reply, renderRegisterPage({ registration, next }, setting));
      },
    );

    app.post(
      '/register',
      {
        onRequest: refuseForeignForms(publicUrl),
        schema: { hide: true, body: Form },
        errorHandler: showFormAgain(({ field, problem }) =>
          renderRegisterPage(
            {
              registration,
              next: nextPath(field('next')),
              username: field('username'),
              email: field('email'),
              invite: field('invite'),
              problem,
            },
            setting,
          ),
        ),
      },
      async (request, reply) => {
        const { username, password, email, invite, next } = request.body;
        const account = {
          username,
          password,
          email: email || undefined,
          invite: invite || undefined,
          address: request.ip,
        };
        setSessionCookie(reply, await registerUser(account, context), publicUrl);
        return reply.redirect(nextPath(next), 303);
      },
    );
  };
}
