import type { RequestSpan, Tracing } from '@artdag/runtime';
import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** Makes a span of each request. Its path stays out, as one may hold a one-time code. */
export const requestTrace = fastifyPlugin<{ tracing: Tracing }>(async (app, { tracing }) => {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  const goOn = (request: FastifyRequest, next: () => void) => {
    const span = spans.get(request);
    if (span) span.run(next);
    else next();
  };

  app.addHook('onRequest', (request, _reply, next) => {
    spans.set(request, tracing.startRequest(nameOf(request)));
    goOn(request, next);
  });
  // Events of the socket, as the end of a body is one, are of no trace.
  app.addHook('preValidation', (request, _reply, next) => goOn(request, next));
  app.addHook('onResponse', (request, reply, next) => {
    const attributes = {
      'http.request.method': request.method,
      'http.route': request.routeOptions.url ?? 'none',
      'http.response.status_code': reply.statusCode,
      'artdag.request_id': request.id,
    };
    goOn(request, () => {
      next();
      spans.get(request)?.end(attributes);
    });
  });
});

function nameOf({ method, routeOptions }: FastifyRequest): string {
  return `${method} ${routeOptions.url ?? 'none'}`;
}
