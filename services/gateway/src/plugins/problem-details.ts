import { AppError, type ErrorCode, errorCatalog, type Fault, isAppError } from '@artdag/errors';
import { isStoreUnavailable } from '@artdag/store';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { chooseForm } from '../choose-form.ts';

/** Media type of errors. */
export const PROBLEM_JSON = 'application/problem+json';

const RETRY_AFTER_SECONDS = 5;

/**
 * Every error of the gateway as problem+json. `detail` is always a string, and a 5xx tells nothing
 * of what is inside.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const problemDetails = fastifyPlugin(async (app) => {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, new AppError('not-found', 'There is nothing at this address.')),
  );
});

/** Answers a request with what went wrong in it. */
export function answerError(
  error: FastifyError | AppError,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const problem = toAppError(error);
  if (problem.entry.status >= 500) request.log.error({ err: error }, 'request failed');
  return sendProblem(request, reply, problem);
}

/** The body of a problem. */
export function problemText(problem: AppError, instance: string): string {
  const { status, title } = problem.entry;
  return JSON.stringify({
    type: `/problems/${problem.code}`,
    title,
    status,
    detail: problem.message,
    instance,
    code: problem.code,
    ...(problem.faults.length > 0 && { errors: problem.faults }),
  });
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: AppError) {
  const { status } = problem.entry;
  if (problem.code === 'unauthenticated' && isRead(request) && wantsPage(request))
    return reply.redirect(`/login?next=${encodeURIComponent(request.originalUrl)}`, 303);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  const retryAfter = problem.retryAfter ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  reply.code(status);
  if (wantsPage(request)) return reply.sendErrorPage(problem);
  return reply.type(PROBLEM_JSON).send(problemText(problem, request.id));
}

/** Whether a person asks: for a page, or by a form. */
function wantsPage(request: FastifyRequest): boolean {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return (isRead(request) || isForm === true) && chooseForm(request, ['json', 'html']) === 'html';
}

function isRead({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** An error of any kind as one of the catalog. */
export function toAppError(error: FastifyError | AppError): AppError {
  if (isAppError(error)) return error;
  if (isStoreUnavailable(error))
    return new AppError('unavailable', 'The store does not answer: try again soon.');
  if (error.validation) return fromValidation(error);
  const code = codeOfStatus(error.statusCode);
  if (code === undefined) return new AppError('internal', 'Something went wrong on this server.');
  return new AppError(code, error.message);
}

function fromValidation(error: FastifyError): AppError {
  const said: Fault[] = (error.validation ?? []).map((fault) => {
    const missing = fault.params['missingProperty'];
    const pointer =
      typeof missing === 'string' ? `${fault.instancePath}/${missing}` : fault.instancePath;
    return {
      pointer,
      message: typeof missing === 'string' ? 'is needed' : (fault.message ?? 'is not valid'),
    };
  });
  // Where one of several forms would do, each of them has its say: the first is the one that is meant.
  const faults = said.filter(
    ({ pointer }, index) => said.findIndex((other) => other.pointer === pointer) === index,
  );
  const first = faults[0];
  const where = error.validationContext ?? 'body';
  const detail = first ? `${where}${first.pointer} ${first.message}` : 'The request is not valid.';
  return new AppError('validation-failed', detail, { faults });
}

/** Fastify's own refusals carry a status; each 4xx of the catalog has one code that stands for it. */
function codeOfStatus(status: number | undefined): ErrorCode | undefined {
  const fallback: Readonly<Record<number, ErrorCode>> = {
    400: 'malformed-request',
    404: 'not-found',
    405: 'method-not-allowed',
    413: 'too-large',
    414: 'uri-too-long',
    415: 'unsupported-media-type',
    431: 'headers-too-large',
    503: 'unavailable',
  };
  const code = status === undefined ? undefined : fallback[status];
  return code && errorCatalog[code].status === status ? code : undefined;
}
