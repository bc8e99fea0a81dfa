import type { FastifyRequest } from 'fastify';

const SIGNATURE_WAIT_MS = 5000;

/**
 * How long an answer may wait for a signature: not at all where the client prefers so.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-4.1
 */
export function readWaitMs(request: FastifyRequest): number {
  const isAsync = /\brespond-async\b/i.test(String(request.headers['prefer'] ?? ''));
  return isAsync ? 0 : SIGNATURE_WAIT_MS;
}
