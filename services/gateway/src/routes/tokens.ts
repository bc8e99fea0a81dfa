import { AppError } from '@artdag/errors';
import { encodeCursor } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { findL1 } from '../auth/find-l1.ts';
import { clearSessionCookie } from '../auth/session-cookie.ts';
import { issueScopedToken } from '../commands/issue-token.ts';
import { revokeAllTokens, revokeToken } from '../commands/revoke-tokens.ts';
import type { GatewayContext } from '../context.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { presentToken, presentTokenRecord } from '../presenters/present-token.ts';
import { ListQuery, readLimit, readPosition } from './list-query.ts';
import { LOGGED_IN, Problem, TokenAnswer } from './schemas.ts';

const L1Server = Type.String({ minLength: 1, maxLength: 2048 });
const ScopedTokenAnswer = Type.Object({ ...TokenAnswer.properties, l1_server: Type.String() });

const TokenPage = Type.Object({
  tokens: Type.Array(
    Type.Object({
      id: Type.String(),
      l1_server: Type.Union([Type.String(), Type.Null()], {
        description: 'The only L1 that the token is for; null for a session',
      }),
      issued_at: Type.String(),
      last_used_at: Type.String({ description: 'ISO 8601, UTC; within an hour' }),
      expires_at: Type.String(),
      is_current: Type.Boolean({ description: 'Whether it is the token of this request' }),
      known_to: Type.Array(Type.String(), { description: 'L1s that have had it verified' }),
    }),
  ),
  next: Type.Union([Type.String(), Type.Null()]),
});

const Revoked = Type.Object({ revoked: Type.Boolean() });

/** `/auth/token` and `/auth/tokens`: tokens for L1s, and a user's view of his own. */
export function tokenRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, config, now } = context;
  return async (app) => {
    app.addHook('onRequest', authenticate(context));

    app.post(
      '/auth/token',
      {
        schema: {
          summary: 'A token that is good for one L1 only, and ends with the one that asks for it',
          security: LOGGED_IN,
          body: Type.Object({ l1_server: L1Server }),
          response: { 200: ScopedTokenAnswer, '4xx': Problem },
        },
      },
      async (request) => {
        const { username, token } = principalOf(request);
        const l1Server = findL1(request.body.l1_server, config);
        const issued = await issueScopedToken(token, l1Server, context);
        return { ...presentToken(username, issued), l1_server: l1Server };
      },
    );

    app.get(
      '/auth/tokens',
      {
        schema: {
          summary:
            'Tokens of the user that are good, the newest first, without the tokens themselves',
          security: LOGGED_IN,
          querystring: ListQuery,
          response: { 200: TokenPage, '4xx': Problem },
        },
      },
      async (request) => {
        const { username, token } = principalOf(request);
        const limit = readLimit(request.query.limit);
        const after = readPosition(request.query.cursor);
        const { tokens, last } = await store.tokens.page(username, now(), after, limit);
        return {
          tokens: tokens.map((record) => presentTokenRecord(record, token.tokenId)),
          next: last ? encodeCursor(last) : null,
        };
      },
    );

    app.delete(
      '/auth/tokens/:id',
      {
        schema: {
          summary: 'Revoke one token of the user, and all that were made from it',
          security: LOGGED_IN,
          params: Type.Object({ id: Type.String({ maxLength: 128 }) }),
          response: { 200: Revoked, '4xx': Problem },
        },
      },
      async (request) => {
        const { username } = principalOf(request);
        const token = await store.tokens.find(username, request.params.id);
        if (!token) throw new AppError('not-found', 'You have no token with this id.');
        const { tokenId, expiresAt, scope: l1Server } = token;
        await revokeToken({ tokenId, username, expiresAt, l1Server }, context);
        return { revoked: true };
      },
    );

    app.delete(
      '/auth/tokens',
      {
        schema: {
          summary: 'Revoke every token of the user: he is logged out everywhere',
          security: LOGGED_IN,
          response: { 200: Revoked, '4xx': Problem },
        },
      },
      async (request, reply) => {
        await revokeAllTokens(principalOf(request).username, context);
        clearSessionCookie(reply, config.publicUrl);
        return { revoked: true };
      },
    );
  };
}
