import { AppError } from '@artdag/errors';
import { encodeCursor } from '@artdag/store';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { clearSessionCookie } from '../auth/session-cookie.ts';
import { revokeAllTokens, revokeToken } from '../commands/revoke-tokens.ts';
import type { GatewayContext } from '../context.ts';
import { renderSessionsPage, renderTokensPage } from '../pages/account/tokens-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { sendFormPage } from '../presenters/send-form-page.ts';
import { formTokenFor } from '../presenters/show-page.ts';
import { readPosition } from './list-query.ts';

const PAGE_SIZE = 100;
const Cursor = Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 4096 })) });
const Params = Type.Object({ id: Type.String({ maxLength: 128 }) });
const PAGES = { '/me/tokens': renderTokensPage, '/me/sessions': renderSessionsPage } as const;

/** `/me/tokens` and `/me/sessions`: who acts in a user's name, and how to end that. */
export function tokenPageRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, config, now } = context;
  const setting = createPageSetting(config);
  const readView = async (request: FastifyRequest, cursor: string | undefined) => {
    const { username, token } = principalOf(request);
    const after = readPosition(cursor);
    const { tokens, last } = await store.tokens.page(username, now(), after, PAGE_SIZE);
    const next = last && encodeCursor(last);
    return { tokens, current: token.tokenId, next, formToken: formTokenFor(request) };
  };
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });
    app.addHook('onRequest', authenticate(context));

    for (const [path, render] of Object.entries(PAGES)) {
      app.get(path, { schema: { hide: true, querystring: Cursor } }, async (request, reply) =>
        sendFormPage(reply, render(await readView(request, request.query.cursor), setting)),
      );

      app.post(
        `${path}/:id`,
        { schema: { hide: true, params: Params } },
        async (request, reply) => {
          const { username } = principalOf(request);
          const token = await store.tokens.find(username, request.params.id);
          if (!token) throw new AppError('not-found', 'You have no token with this id.');
          const { tokenId, expiresAt, scope: l1Server } = token;
          await revokeToken({ tokenId, username, expiresAt, l1Server }, context);
          return reply.redirect(path, 303);
        },
      );
    }

    app.post('/me/sessions', { schema: { hide: true } }, async (request, reply) => {
      await revokeAllTokens(principalOf(request).username, context);
      clearSessionCookie(reply, config.publicUrl);
      return reply.redirect('/login', 303);
    });
  };
}
