import { histogramIn, type Registry } from '@artdag/runtime';
import fastifyPlugin from 'fastify-plugin';

/** One line of log and one measure for each request. */
export const requestLog = fastifyPlugin<{ metrics: Registry }>(async (app, { metrics }) => {
  const seconds = histogramIn(metrics, 'artdag_http_request_seconds');
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    const labels = { method, route, status: `${Math.floor(status / 100)}xx` };
    seconds.observe(labels, elapsedTime / 1000);
    request.log.info({ method, route, status, ms: Math.round(elapsedTime * 10) / 10 }, 'request');
  });
});
