import { AppError, isAppError } from '@artdag/errors';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { judgeRequestSite } from '../auth/judge-request-site.ts';
import type { IssuedToken } from '../commands/issue-token.ts';
import { revokeToken } from '../commands/revoke-tokens.ts';
import type { GatewayContext } from '../context.ts';
import { bearerOf, findPrincipal } from '../plugins/authentication.ts';

type Context = Pick<GatewayContext, 'tokens' | 'store' | 'now'>;

const COOKIE = 'board_token';
const SAFE_METHODS = new Set(['GET', 'HEAD']);

/** Never sent with a request that another site has caused. */
const COOKIE_OPTIONS: CookieSerializeOptions = { path: '/', httpOnly: true, sameSite: 'strict' };

/** Lets the browser send the token from now on; scripts cannot read it. */
export function startBoardSession(reply: FastifyReply, { token, expiresAt }: IssuedToken): void {
  reply.setCookie(COOKIE, token, { ...COOKIE_OPTIONS, expires: expiresAt });
}

/** Revokes the token of the browser, where it is still good, and lets the browser forget it. */
export async function endBoardSession(
  request: FastifyRequest,
  reply: FastifyReply,
  context: GatewayContext,
): Promise<void> {
  reply.clearCookie(COOKIE, COOKIE_OPTIONS);
  const session = request.cookies[COOKIE];
  if (!session) return;
  try {
    await revokeToken((await findPrincipal(session, context)).token, context);
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

/** Refuses what a page of another site, or a browser that does not say, sends to change something. */
export function refuseForeign(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method)) return;
  // The board has no public URL: its own pages are those of the address that it was asked by.
  if (judgeRequestSite(request.headers, '') === 'own') return;
  throw new AppError('forbidden', 'This was not sent from a page of this board.');
}

/**
 * Lets only operators pass: by a Bearer, or by the cookie. A browser that is nobody yet is sent to
 * the form.
 */
export function admitOperator(context: Context) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const session = request.headers.authorization ? undefined : request.cookies[COOKIE];
    if (!session && !request.headers.authorization && wantsPage(request))
      return reply.redirect('/login', 303);
    if (session) refuseForeign(request);
    const principal = await findPrincipal(session ?? bearerOf(request), context);
    if (principal.role !== 'operator')
      throw new AppError('forbidden', 'Only an operator may see the board.');
    request.principal = principal;
    return undefined;
  };
}

function wantsPage({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}
