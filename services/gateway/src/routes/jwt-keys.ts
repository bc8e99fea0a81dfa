import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { type EddsaKeys, KEYS_FRESH_SECONDS } from '../auth/eddsa-keys.ts';
import type { JudgedKey } from '../auth/judge-jwt-keys.ts';
import type { GatewayContext } from '../context.ts';
import { authenticate, requireOperator } from '../plugins/authentication.ts';
import { LOGGED_IN, Problem } from './schemas.ts';

const Jwk = Type.Object({}, { additionalProperties: true });
const KeyList = Type.Object({
  keys: Type.Array(
    Type.Object({
      kid: Type.String(),
      signs_from: Type.String(),
      believed_until: Type.Union([Type.String(), Type.Null()], {
        description: 'When the last token that it signed has ended; null for the newest key',
      }),
    }),
  ),
});
const Rotation = Type.Object({
  at_once: Type.Optional(
    Type.Boolean({
      description:
        'For a key that others may have: the new one signs now, and every token of older ones ends',
    }),
  ),
});

/** The public keys of tokens, and their rotation by operators. */
export function jwtKeyRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, tokenKeys, now } = context;
  return async (app) => {
    app.get(
      '/.well-known/jwks.json',
      {
        schema: {
          summary: 'Public keys of tokens (RFC 7517); none where a shared secret signs them',
          response: { 200: Type.Object({ keys: Type.Array(Jwk) }) },
        },
      },
      async (_, reply) => {
        reply.header('cache-control', `public, max-age=${KEYS_FRESH_SECONDS}`);
        reply.type('application/jwk-set+json');
        return reply.serializer(JSON.stringify).send({ keys: await tokenKeys.published(now()) });
      },
    );

    app.get(
      '/admin/jwt-keys',
      {
        onRequest: authenticate(context),
        schema: {
          summary: 'The keys that sign tokens, from the oldest that is still believed',
          security: LOGGED_IN,
          response: { 200: KeyList, '4xx': Problem },
        },
      },
      async (request) => {
        requireOperator(request);
        return { keys: (await rotating(context).list(now())).map(presentKey) };
      },
    );

    app.post(
      '/admin/jwt-keys/rotate',
      {
        onRequest: authenticate(context),
        preValidation: async (request) => {
          request.body ??= {};
        },
        schema: {
          summary: 'Make the next key; tokens of the older ones stay good until they end',
          security: LOGGED_IN,
          body: Rotation,
          response: { 200: KeyList, '4xx': Problem },
        },
      },
      async (request) => {
        const { username: operator } = requireOperator(request);
        const keys = rotating(context);
        const atOnce = request.body.at_once === true;
        await keys.rotate(now(), atOnce);
        const list = await keys.list(now());
        const target = list.at(-1)?.key.kid ?? '';
        const action = atOnce ? 'replace-jwt-keys' : 'rotate-jwt-keys';
        await store.audit.insert({ at: now(), operator, action, target });
        return { keys: list.map(presentKey) };
      },
    );
  };
}

function rotating({ tokenKeys }: Pick<GatewayContext, 'tokenKeys'>): EddsaKeys {
  if ('rotate' in tokenKeys) return tokenKeys;
  throw new AppError(
    'conflict',
    'A shared secret signs tokens here: change JWT_SECRET, or set ARTDAG_JWT_KEY=eddsa.',
  );
}

function presentKey({ key, believedUntil }: JudgedKey) {
  return {
    kid: key.kid,
    signs_from: key.signsFrom.toISOString(),
    believed_until: believedUntil?.toISOString() ?? null,
  };
}
