import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context.ts';
import { authenticate, requireOperator } from './authentication.ts';

/** Every route of `app` is for operators: 401 for who is not logged in, 403 for other users. */
export function admitOperators(app: FastifyInstance, context: GatewayContext): void {
  app.addHook('onRequest', authenticate(context));
  app.addHook('onRequest', async (request) => void requireOperator(request));
}
