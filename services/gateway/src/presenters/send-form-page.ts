import type { AppError } from '@artdag/errors';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Page } from '../pages/shell/page.ts';
import { answerError, toAppError } from '../plugins/problem-details.ts';

/** Sends a page that is for this visitor and this moment only. */
export function sendFormPage(reply: FastifyReply, page: Page) {
  return reply.header('cache-control', 'no-store').sendPage(page);
}

/** What a form that was refused said, as far as it may be shown again, and why it was refused. */
export interface RefusedForm {
  field(name: string): string | undefined;
  readonly problem: string;
}

/** An error handler for a form: the page again with what was wrong; an outage as everywhere else. */
export function showFormAgain(render: (form: RefusedForm, request: FastifyRequest) => Page) {
  return async (error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply) => {
    const problem = toAppError(error);
    const { status } = problem.entry;
    if (status >= 500) return answerError(error, request, reply);
    if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
    const field = (name: string) => fieldOf(request.body, name);
    return sendFormPage(reply.code(status), render({ field, problem: inWords(problem) }, request));
  };
}

function fieldOf(body: unknown, name: string): string | undefined {
  const value: unknown = typeof body === 'object' && body ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value.slice(0, 2048) : undefined;
}

function inWords(problem: AppError): string {
  const fault = problem.faults[0];
  return fault ? `The ${fault.pointer.slice(1)} ${fault.message}.` : problem.message;
}
