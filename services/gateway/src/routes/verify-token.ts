import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { findL1, findL1ByName, findL1BySecret } from '../auth/find-l1.ts';
import { verifyForL1 } from '../commands/verify-for-l1.ts';
import type { GatewayContext } from '../context.ts';
import { bearerOf, tokenOf } from '../plugins/authentication.ts';
import { LOGGED_IN, Problem } from './schemas.ts';

const Question = Type.Object({
  l1_server: Type.Optional(
    Type.Union([Type.String({ minLength: 1, maxLength: 2048 }), Type.Null()], {
      description: 'Base URL of the L1 that asks',
    }),
  ),
  token: Type.Optional(
    Type.Union([Type.String({ minLength: 1, maxLength: 8192 }), Type.Null()], {
      description: 'The token, where the Bearer is the secret of the L1',
    }),
  ),
});

const Verdict = Type.Object({
  valid: Type.Literal(true),
  username: Type.String(),
  claims: Type.Object({}, { additionalProperties: true }),
});

/** `/auth/verify`: an L1 asks whether a token is good. */
export function verifyTokenRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { config } = context;
  return async (app) => {
    app.post(
      '/auth/verify',
      {
        // The original's L1s send no body.
        preValidation: async (request) => {
          request.body ??= {};
        },
        schema: {
          summary: 'Whether a token is good for the L1 that asks',
          security: LOGGED_IN,
          body: Question,
          response: { 200: Verdict, '4xx': Problem },
        },
      },
      async (request) => {
        const { token: given, l1_server: name } = request.body;
        const isBySecret = given != null;
        const l1Server = isBySecret
          ? findL1BySecret(bearerOf(request), config)
          : findL1ByName(name ?? undefined, config);
        if (isBySecret && name != null && findL1(name, config) !== l1Server)
          throw new AppError('forbidden', 'This is the secret of another L1.');
        const token = isBySecret ? given : tokenOf(request, config.publicUrl);
        const { username, token: claims } = await verifyForL1(token, l1Server, context);
        return { valid: true as const, username, claims: claims.payload };
      },
    );
  };
}
