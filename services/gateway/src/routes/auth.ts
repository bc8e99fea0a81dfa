import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { clearSessionCookie } from '../auth/session-cookie.ts';
import { registerUser } from '../commands/register-user.ts';
import { revokeToken } from '../commands/revoke-tokens.ts';
import type { GatewayContext } from '../context.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { presentToken } from '../presenters/present-token.ts';
import { Email, LOGGED_IN, NewPassword, Problem, TokenAnswer, Username } from './schemas.ts';

const NewUser = Type.Object({
  username: Username,
  password: NewPassword,
  email: Type.Optional(Type.Union([Email, Type.Null()])),
  invite: Type.Optional(Type.Union([Type.String({ maxLength: 128 }), Type.Null()])),
});

const Me = Type.Object({
  username: Type.String(),
  role: Type.String(),
  actor: Type.String(),
  created_at: Type.String(),
  email: Type.Optional(Type.String()),
});

/** `/auth`: users and tokens. */
export function authRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store } = context;
  return async (app) => {
    app.post(
      '/auth/register',
      {
        schema: {
          summary: 'Become a user, with an actor and keys of his own',
          body: NewUser,
          response: { 200: TokenAnswer, '4xx': Problem },
        },
      },
      async (request) => {
        const { username, password, email, invite } = request.body;
        const account = {
          username,
          password,
          email: email ?? undefined,
          invite: invite ?? undefined,
          address: request.ip,
        };
        return presentToken(username, await registerUser(account, context));
      },
    );

    app.get(
      '/auth/me',
      {
        onRequest: authenticate(context, { admits: 'scoped' }),
        schema: {
          summary: 'Who the token stands for',
          security: LOGGED_IN,
          response: { 200: Me, 401: Problem },
        },
      },
      async (request) => {
        const { username, role } = principalOf(request);
        const user = await store.users.find(username);
        if (!user)
          throw new AppError('unauthenticated', 'The user of the token is not known here.');
        return {
          username,
          role,
          actor: context.iris.actor(username),
          created_at: user.createdAt.toISOString(),
          ...(user.email !== undefined && { email: user.email }),
        };
      },
    );

    app.post(
      '/auth/logout',
      {
        onRequest: authenticate(context, { admits: 'scoped' }),
        schema: {
          summary: 'Revoke the token',
          security: LOGGED_IN,
          response: { 200: Type.Object({ revoked: Type.Boolean() }), 401: Problem },
        },
      },
      async (request, reply) => {
        await revokeToken(principalOf(request).token, context);
        clearSessionCookie(reply, context.config.publicUrl);
        return { revoked: true };
      },
    );
  };
}
