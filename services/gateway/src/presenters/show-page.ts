import type { FastifyReply, FastifyRequest } from 'fastify';
import { formTokenOf } from '../auth/form-token.ts';
import { sessionTokenOf } from '../auth/session-cookie.ts';
import { chooseForm } from '../choose-form.ts';
import type { Page } from '../pages/shell/page.ts';
import { sendFormPage } from './send-form-page.ts';

/** A hook that answers people with a page; programs get what the route says. */
export function showPage(make: (request: FastifyRequest) => Promise<Page>) {
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> => {
    if (chooseForm(request, ['json', 'html']) === 'html')
      return sendFormPage(reply, await make(request));
    reply.header('vary', 'Accept');
    return undefined;
  };
}

/** What the forms of a page carry for whoever looks at it; empty where no browser is logged in. */
export function formTokenFor(request: FastifyRequest): string {
  const session = sessionTokenOf(request);
  return session === undefined ? '' : formTokenOf(session);
}

/** A parameter of the path or the query, which the schema of the route has checked. */
export function textOf(from: unknown, name: string): string | undefined {
  const value: unknown = Reflect.get(Object(from), name);
  return typeof value === 'string' ? value : undefined;
}
