import { AppError } from '@artdag/errors';
import type { Role } from '@artdag/registry';
import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { sessionTokenOf } from '../auth/session-cookie.ts';
import type { TokenClaims } from '../auth/tokens.ts';
import type { GatewayContext } from '../context.ts';
import { guardSession } from './cross-site.ts';

/** Who makes a request. */
export interface Principal {
  readonly username: string;
  readonly role: Role;
  readonly token: TokenClaims;
  /** L1s that have the token. */
  readonly l1Servers: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; null on routes that ask nobody. */
    principal: Principal | null;
  }
}

/** Lets routes ask who is there: `onRequest: authenticate(context)`. */
export const authentication = fastifyPlugin(async (app) => {
  app.decorateRequest('principal', null);
});

type Context = Pick<GatewayContext, 'config' | 'tokens' | 'store' | 'now'>;

/** Which tokens a route takes. */
export interface Admission {
  /** `scoped`: also those that are for one L1; the route sees to it what they may do. */
  readonly admits?: 'scoped';
}

const USE_NOTED_FOR_MS = 3_600_000;

/**
 * A hook that lets only users with a good token pass: a Bearer, or the cookie of a browser. A token
 * that is for one L1 passes only where the route says so.
 */
export function authenticate(context: Context, admission: Admission = {}) {
  const { publicUrl } = context.config;
  return async (request: FastifyRequest): Promise<void> => {
    request.principal = await findPrincipal(tokenOf(request, publicUrl), context, admission);
  };
}

/**
 * The token of a request.
 *
 * @throws AppError `unauthenticated` where there is none, `forbidden` where another site sent it.
 */
export function tokenOf(request: FastifyRequest, publicUrl: string): string {
  const session = request.headers.authorization ? undefined : sessionTokenOf(request);
  if (session !== undefined) guardSession(request, session, publicUrl);
  return session ?? bearerOf(request);
}

/**
 * Who a token stands for.
 *
 * @throws AppError `unauthenticated`; `forbidden` where it is for one L1 and that is not asked for, or
 *   where its user is kept out.
 */
export async function findPrincipal(
  token: string,
  { tokens, store, now }: Omit<Context, 'config'>,
  { admits }: Admission = {},
): Promise<Principal> {
  const at = now();
  const claims = await tokens.verify(token, at);
  const [standing, user] = await Promise.all([
    store.tokens.standing(claims),
    store.users.find(claims.username),
  ]);
  if (!user) throw new AppError('unauthenticated', 'The user of the token is not known here.');
  if (user.disabledAt) throw new AppError('forbidden', 'An operator has disabled this account.');
  if (standing.isRevoked)
    throw new AppError('unauthenticated', 'The token was revoked: log in again.');
  if (claims.l1Server !== undefined && admits !== 'scoped')
    throw new AppError('forbidden', 'A token that is for an L1 may not do this.');
  const noted = new Date(at.getTime() - USE_NOTED_FOR_MS);
  if (standing.lastUsedAt && standing.lastUsedAt < noted)
    await store.tokens.noteUse(claims.tokenId, at, noted);
  const { l1Servers } = standing;
  return { username: user.username, role: user.role, token: claims, l1Servers };
}

/** The principal of a request that has passed {@link authenticate}. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new AppError('unauthenticated', 'Log in first.');
  return request.principal;
}

/** Lets only the user of that name on; an operator is no exception. */
export function requireSelf(request: FastifyRequest, username: string): Principal {
  const principal = principalOf(request);
  if (principal.username !== username)
    throw new AppError('forbidden', 'Only the user himself may do this.');
  return principal;
}

/** Lets only operators on. */
export function requireOperator(request: FastifyRequest): Principal {
  const principal = principalOf(request);
  if (principal.role !== 'operator')
    throw new AppError('forbidden', 'Only an operator may do this.');
  return principal;
}

/** @throws AppError `unauthenticated` */
export function bearerOf(request: FastifyRequest): string {
  const match = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(request.headers.authorization ?? '');
  if (!match?.[1]) {
    throw new AppError(
      'unauthenticated',
      'Send a token: "Authorization: Bearer …" (POST /auth/login gives one).',
    );
  }
  return match[1];
}
