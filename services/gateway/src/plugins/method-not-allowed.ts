import { AppError } from '@artdag/errors';
import type { HTTPMethods } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

const METHODS: readonly HTTPMethods[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
];

/**
 * Two plugins that answer 405 where there is something, but not for this method: the first goes
 * before the routes, the second after them. Routes that the API's document does not show are left alone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
 */
export function createMethodGuard() {
  const routes = new Map<string, Set<string>>();

  const collectMethods = fastifyPlugin(async (app) => {
    app.addHook('onRoute', ({ url, method, schema }) => {
      if (schema && 'hide' in schema && schema.hide) return;
      const known = routes.get(url) ?? new Set();
      routes.set(url, known);
      for (const name of [method].flat()) known.add(name);
    });
  });

  const refuseOtherMethods = fastifyPlugin(async (app) => {
    for (const [url, own] of [...routes]) {
      const known = new Set([...own, ...methodsOfPatterns(url, routes)]);
      const allow = [...known].sort().join(', ');
      app.route({
        method: METHODS.filter((method) => !known.has(method)),
        url,
        schema: { hide: true },
        onRequest: async (_, reply) => {
          reply.header('allow', allow);
          throw new AppError('method-not-allowed', `Here is only ${allow}.`);
        },
        handler: () => undefined,
      });
    }
  });

  return { collectMethods, refuseOtherMethods };
}

/** Methods of those routes with parameters that take this path too, as `/registry/:name` takes `/registry/x`. */
function methodsOfPatterns(
  url: string,
  routes: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  if (url.includes(':')) return [];
  return [...routes].flatMap(([pattern, methods]) => {
    if (!pattern.includes(':')) return [];
    const parts = pattern.split('/');
    const wanted = url.split('/');
    const matches =
      parts.length === wanted.length &&
      parts.every((part, index) => part.startsWith(':') || part === wanted[index]);
    return matches ? [...methods] : [];
  });
}
