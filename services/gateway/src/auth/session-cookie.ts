import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IssuedToken } from '../commands/issue-token.ts';

/** Name of the cookie that carries a token. */
export const SESSION_COOKIE = 'auth_token';

/** The token of the session that a browser is in. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[SESSION_COOKIE] || undefined;
}

/** Lets the browser send the token from now on; scripts cannot read it. */
export function setSessionCookie(
  reply: FastifyReply,
  { token, expiresAt }: IssuedToken,
  publicUrl: string,
): void {
  reply.setCookie(SESSION_COOKIE, token, { ...optionsOf(publicUrl), expires: expiresAt });
}

/** Lets the browser forget the token. */
export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(SESSION_COOKIE, optionsOf(publicUrl));
}

function optionsOf(publicUrl: string): CookieSerializeOptions {
  const secure = publicUrl.startsWith('https:');
  return { path: '/', httpOnly: true, sameSite: 'lax', secure };
}
