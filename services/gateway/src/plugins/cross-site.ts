import { AppError } from '@artdag/errors';
import cookie from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { hasFormToken } from '../auth/form-token.ts';
import { judgeRequestSite } from '../auth/judge-request-site.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session whose form token the body must carry, as no header tells where the form was. */
    unprovenSession: string | null;
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Cookies, and the last part of {@link guardSession}: it can be checked only once the body is there. */
export const crossSite = fastifyPlugin(async (app) => {
  await app.register(cookie);
  app.decorateRequest('unprovenSession', null);
  app.addHook('preHandler', async (request) => {
    // Inboxes stand before this plugin and know nothing of sessions, but the hook reaches them.
    const session: string | null | undefined = request.unprovenSession;
    if (session && !hasFormToken(request.body, session)) throw refused();
  });
});

/**
 * Lets a browser change something by its cookie only from a page of ours. Where its headers do not
 * tell, the form must carry the form token.
 *
 * @throws AppError `forbidden`
 */
export function guardSession(request: FastifyRequest, session: string, publicUrl: string): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = judgeRequestSite(request.headers, publicUrl);
  if (site === 'foreign') throw refused();
  if (site === 'unknown') request.unprovenSession = session;
}

/** A hook for forms that need no session: refuses what a page of another site sends. */
export function refuseForeignForms(publicUrl: string) {
  return async (request: FastifyRequest): Promise<void> => {
    if (SAFE_METHODS.has(request.method)) return;
    if (judgeRequestSite(request.headers, publicUrl) === 'foreign') throw refused();
  };
}

function refused(): AppError {
  return new AppError('forbidden', 'This was not sent from a page of this server.');
}
