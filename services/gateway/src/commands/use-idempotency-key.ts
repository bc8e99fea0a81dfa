import { createHash } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { stringifyLossless } from '@artdag/signatures';
import type { FastifyRequest } from 'fastify';
import type { GatewayContext } from '../context.ts';

const KEPT_MS = 24 * 3600 * 1000;
const MAX_LENGTH = 255;

/**
 * Holds a client to its `Idempotency-Key`: the same key with another request is refused. The same
 * request needs no remembered answer, because writes give the first one again by themselves.
 *
 * @throws AppError `validation-failed`
 */
export async function useIdempotencyKey(
  request: FastifyRequest,
  username: string,
  { store, now }: Pick<GatewayContext, 'store' | 'now'>,
): Promise<void> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return;
  if (typeof key !== 'string' || key.length > MAX_LENGTH) {
    throw new AppError(
      'validation-failed',
      `Idempotency-Key must be one text of at most ${MAX_LENGTH} characters.`,
    );
  }
  const body = request.jsonNode ? stringifyLossless(request.jsonNode) : '';
  const use = await store.idempotencyKeys.use(
    sha256(`${username}\n${key}`),
    sha256(`${request.method} ${request.url}\n${body}`),
    new Date(now().getTime() + KEPT_MS),
  );
  if (use === 'other') {
    throw new AppError('validation-failed', 'This Idempotency-Key was used with another request.');
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
