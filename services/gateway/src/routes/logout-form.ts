import { isAppError } from '@artdag/errors';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { formTokenOf } from '../auth/form-token.ts';
import { HOME_PATH } from '../auth/next-path.ts';
import { clearSessionCookie, sessionTokenOf } from '../auth/session-cookie.ts';
import { revokeToken } from '../commands/revoke-tokens.ts';
import type { GatewayContext } from '../context.ts';
import { renderLogoutPage } from '../pages/logout-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { answerError } from '../plugins/problem-details.ts';
import { sendFormPage } from '../presenters/send-form-page.ts';

/** `/logout`: asks, then revokes the token of the cookie. */
export function logoutFormRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { config } = context;
  const setting = createPageSetting(config);
  const leave = (reply: FastifyReply) => {
    clearSessionCookie(reply, config.publicUrl);
    return reply.redirect(HOME_PATH, 303);
  };
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });

    app.get('/logout', { schema: { hide: true } }, async (request, reply) => {
      const session = sessionTokenOf(request);
      if (session === undefined) return reply.redirect(HOME_PATH, 303);
      return sendFormPage(reply, renderLogoutPage(formTokenOf(session), setting));
    });

    app.post(
      '/logout',
      {
        onRequest: authenticate(context),
        schema: { hide: true },
        // Whoever is logged out already has what he wants.
        errorHandler: (error, request, reply) =>
          isAppError(error, 'unauthenticated') ? leave(reply) : answerError(error, request, reply),
      },
      async (request, reply) => {
        await revokeToken(principalOf(request).token, context);
        return leave(reply);
      },
    );
  };
}
