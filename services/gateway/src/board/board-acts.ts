import { AppError } from '@artdag/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayContext } from '../context.ts';
import { principalOf } from '../plugins/authentication.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/**
 * What may be done from the board where it may do anything: never what puts a payload on a queue, nor
 * what empties one, which the relay would fill again.
 */
const ACTS =
  /^\/api\/queues\/(pause|resume|[^/]+\/(pause|resume|promote)|[^/]+\/retry\/[^/]+|[^/]+\/[^/]+\/(retry|promote|clean))$/;

/** A hook that answers 405 to whatever changes something and is not switched on. */
export function limitActs(isWritable: boolean) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (SAFE_METHODS.has(request.method)) return;
    if (isWritable && ACTS.test(pathOf(request))) return;
    reply.header('allow', 'GET, HEAD');
    throw new AppError(
      'method-not-allowed',
      isWritable
        ? 'The board does not do this: "artdag-l2 queues" acts on the promises of work.'
        : 'The board is read-only: set ARTDAG_BOARD_WRITES=on to switch that.',
    );
  };
}

/** A hook that writes down what an operator did. */
export function noteActs({ store, now }: Pick<GatewayContext, 'store' | 'now'>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (SAFE_METHODS.has(request.method) || reply.statusCode >= 400) return;
    await store.audit.insert({
      at: now(),
      operator: principalOf(request).username,
      action: 'use-board',
      target: pathOf(request).slice('/api/queues/'.length),
    });
  };
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? '';
}
