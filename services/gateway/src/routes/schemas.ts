import type { Readable } from 'node:stream';
import {
  ASSET_LIMITS,
  ASSET_TYPE_PATTERN,
  CONTENT_HASH_PATTERN,
  PASSWORD_LENGTH,
  USERNAME_PATTERN,
} from '@artdag/registry';
import { type TSchema, Type } from 'typebox';

/** Schemas that several routes share, in their wire spelling. */

/** Either way of saying who one is. */
export const LOGGED_IN = [{ bearer: [] }, { cookie: [] }];

/** A schema for the API's document whose answer the route writes as JSON text itself. */
export function asText(schema: TSchema) {
  return Type.Unsafe<string | Readable>(schema);
}

export const Username = Type.String({
  pattern: USERNAME_PATTERN,
  description: 'a-z, 0-9, _ and -; 1 to 64 of them',
});

export const UserParams = Type.Object({ username: Type.String({ maxLength: 64 }) });

export const NewPassword = Type.String({
  minLength: PASSWORD_LENGTH.min,
  maxLength: PASSWORD_LENGTH.max,
});

export const Credentials = Type.Object({
  username: Type.String({ minLength: 1, maxLength: 64 }),
  password: Type.String({ minLength: 1, maxLength: 1024 }),
});

export const NextQuery = Type.Object({ next: Type.Optional(Type.String({ maxLength: 2048 })) });

export const Email = Type.String({ maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' });

export const ContentHash = Type.String({ pattern: CONTENT_HASH_PATTERN });

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.String(),
    code: Type.String(),
    errors: Type.Optional(
      Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() })),
    ),
  },
  { description: 'RFC 9457 problem details' },
);

export const Asset = Type.Object({
  name: Type.String(),
  content_hash: Type.String(),
  asset_type: Type.String(),
  tags: Type.Array(Type.String()),
  metadata: Type.Object({}, { additionalProperties: true }),
  created_at: Type.Union([Type.String(), Type.Number()]),
  url: Type.Optional(Type.String()),
  local_path: Type.Optional(Type.String()),
  owner: Type.String(),
  state: Type.Optional(
    Type.Union(
      ['pending', 'signed', 'failed', 'withdrawn', 'unsigned'].map((state) => Type.Literal(state)),
    ),
  ),
  likes: Type.Optional(Type.Integer()),
  shares: Type.Optional(Type.Integer()),
});

export const Registration = Type.Object({
  asset: Asset,
  activity: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()]),
});

export const Publication = Type.Object({
  activity_id: Type.Union([Type.String(), Type.Null()]),
  activity: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()]),
});

export const NewAsset = Type.Object({
  name: Type.String({ minLength: 1, maxLength: ASSET_LIMITS.name }),
  content_hash: ContentHash,
  asset_type: Type.String({ pattern: ASSET_TYPE_PATTERN }),
  tags: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: ASSET_LIMITS.tag }), {
      maxItems: ASSET_LIMITS.tags,
    }),
  ),
  url: Type.Optional(Type.Union([Type.String({ maxLength: ASSET_LIMITS.url }), Type.Null()])),
  metadata: Type.Optional(
    Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()]),
  ),
});

export const TokenAnswer = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('bearer'),
  username: Type.String(),
  expires_at: Type.String({ description: 'ISO 8601, UTC' }),
});
