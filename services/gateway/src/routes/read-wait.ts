import type { FastifyRequest } from 'fastify';

const SIGNATURE_WAIT_MS = 5000;

/**
 * How long an answer may wait for a signature: not at all where the client prefers so.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-4.1
 */
export function readWaitMs(request: FastifyRequest): number {
  return isAsync(request) ? 0 : SIGNATURE_WAIT_MS;
}

/** Whether the client prefers an answer at once. */
export function isAsync(request: FastifyRequest): boolean {
  return /\brespond-async\b/i.test(String(request.headers['prefer'] ?? ''));
}
