import { askHealth } from '@artdag/runtime';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { GatewayContext } from '../context.ts';

/** `/health`: for load balancers. */
export function healthRoutes({
  checks,
}: Pick<GatewayContext, 'checks'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/health/live', { schema: { summary: 'The process answers' } }, async () => ({
      live: true,
    }));
    app.get('/health/ready', { schema: { summary: 'The process can serve' } }, async (_, reply) => {
      const report = await askHealth(checks);
      // Why one fails names machines and ports: that is for the internal listener.
      const rows = report.checks.map(({ name, ok }) => ({ name, ok }));
      return reply.code(report.ready ? 200 : 503).send({ ready: report.ready, checks: rows });
    });
  };
}
