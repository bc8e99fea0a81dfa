import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { logIn } from '../commands/log-in.ts';
import type { GatewayContext } from '../context.ts';
import { presentToken } from '../presenters/present-token.ts';
import { Credentials, Problem, TokenAnswer } from './schemas.ts';

/** `/auth/login`: apart from the rest of `/auth`, because only it takes forms. */
export function loginRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });

    app.post(
      '/auth/login',
      {
        schema: {
          summary: 'Log in, by JSON or by a form',
          consumes: ['application/json', 'application/x-www-form-urlencoded'],
          body: Credentials,
          response: { 200: TokenAnswer, '4xx': Problem },
        },
      },
      async (request) => {
        const { username, password } = request.body;
        const attempt = { username, password, address: request.ip };
        return presentToken(username, await logIn(attempt, context));
      },
    );
  };
}
