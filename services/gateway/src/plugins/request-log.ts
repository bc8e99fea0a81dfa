import { histogramIn, type Registry } from '@artdag/runtime';
import fastifyPlugin from 'fastify-plugin';

const BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5, 25];

/** One line of log and one measure for each request. */
export const requestLog = fastifyPlugin<{ metrics: Registry }>(async (app, { metrics }) => {
  const seconds = histogramIn(metrics, {
    name: 'artdag_http_request_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    seconds.observe(labels, reply.elapsedTime / 1000);
    request.log.info({ ...labels, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'request');
  });
});
