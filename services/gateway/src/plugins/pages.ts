import { type AppError, isAppError } from '@artdag/errors';
import { isStoreUnavailable } from '@artdag/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { sessionTokenOf } from '../auth/session-cookie.ts';
import type { GatewayContext } from '../context.ts';
import { renderErrorPage } from '../pages/error-page.ts';
import type { Page, Visitor } from '../pages/shell/page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { renderPage } from '../pages/shell/render-page.ts';
import { findPrincipal } from './authentication.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Puts the shell around a page, for whoever looks at it, and sends it. */
    sendPage(page: Page): Promise<FastifyReply>;
    /** Sends what went wrong as a page. */
    sendErrorPage(problem: AppError): Promise<FastifyReply>;
  }
}

interface Options extends Pick<GatewayContext, 'config' | 'tokens' | 'store' | 'now'> {
  /** Whether pages stand alone, without the ways to others: on another listener than these. */
  readonly isBare?: boolean;
}

/** Name of the cookie that says whether pages are light or dark. */
export const SCHEME_COOKIE = 'scheme';

const SERVER_ERROR = 500;

/** Lets routes answer with pages. */
export const pages = fastifyPlugin<Options>(async (app, context) => {
  const setting = createPageSetting(context.config);
  app.decorateReply('sendPage', async function (this: FastifyReply, page: Page) {
    const { request } = this;
    // While the store is away, an error must be told without asking it who is there.
    const user = this.statusCode < SERVER_ERROR ? await findUser(request, context) : undefined;
    const visitor = {
      scheme: schemeOf(request),
      path: request.originalUrl,
      ...(user && { user }),
      isBare: context.isBare ?? page.isBare ?? false,
    };
    if (!this.hasHeader('cache-control')) this.header('cache-control', 'private, no-cache');
    return this.header('vary', 'Accept, Cookie')
      .type('text/html; charset=utf-8')
      .send(await renderPage(page, visitor, setting));
  });
  app.decorateReply('sendErrorPage', function (this: FastifyReply, problem: AppError) {
    return this.sendPage(renderErrorPage(problem, this.request.id, setting));
  });
});

function schemeOf(request: FastifyRequest): Visitor['scheme'] {
  const scheme = cookiesOf(request)?.[SCHEME_COOKIE];
  return scheme === 'light' || scheme === 'dark' ? scheme : 'auto';
}

async function findUser(request: FastifyRequest, context: Options): Promise<Visitor['user']> {
  const session = cookiesOf(request) && sessionTokenOf(request);
  if (session === undefined) return undefined;
  try {
    const { username, role } = await findPrincipal(session, context);
    return { username, isOperator: role === 'operator' };
  } catch (error) {
    // A session that has ended, or nobody to ask: the page is shown as to a stranger.
    if (isAppError(error) || isStoreUnavailable(error)) return undefined;
    throw error;
  }
}

/** None where a request fails before its cookies are read. */
function cookiesOf(request: FastifyRequest): FastifyRequest['cookies'] | undefined {
  return request.cookies;
}
