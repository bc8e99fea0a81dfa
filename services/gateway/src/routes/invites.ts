import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { createOneTimeCode } from '../auth/one-time-code.ts';
import type { GatewayContext } from '../context.ts';
import { authenticate, requireOperator } from '../plugins/authentication.ts';
import { LOGGED_IN, Problem } from './schemas.ts';

const INVITE_DAYS = 7;

/** `/invites`: operators let somebody in. */
export function inviteRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, now } = context;
  return async (app) => {
    app.post(
      '/invites',
      {
        onRequest: authenticate(context),
        schema: {
          summary: 'Make an invite for one new user, good for 7 days',
          security: LOGGED_IN,
          response: {
            200: Type.Object({ invite: Type.String(), expires_at: Type.String() }),
            '4xx': Problem,
          },
        },
      },
      async (request) => {
        const { username } = requireOperator(request);
        const { code, hash } = createOneTimeCode();
        const expiresAt = new Date(now().getTime() + INVITE_DAYS * 86_400_000);
        await store.invites.insert(hash, username, expiresAt);
        return { invite: code, expires_at: expiresAt.toISOString() };
      },
    );
  };
}
