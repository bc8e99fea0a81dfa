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
 * before the routes, the second after them. Addresses that the API's document does not show are left alone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
 */
export function createMethodGuard() {
  const routes = new Map<string, Set<string>>();
  const shown = new Set<string>();

  const collectMethods = fastifyPlugin(async (app) => {
    app.addHook('onRoute', ({ url, method, schema }) => {
      if (!(schema && 'hide' in schema && schema.hide)) shown.add(url);
      const known = routes.get(url) ?? new Set();
      routes.set(url, known);
      for (const name of [method].flat()) known.add(name);
    });
  });

  const refuseOtherMethods = fastifyPlugin(async (app) => {
    // All are known before the first is added: what refuses is collected too.
    const guarded = [...shown].map((url) => {
      const own = routes.get(url) ?? [];
      return { url, known: new Set([...own, ...methodsOfPatterns(url, routes)]) };
    });
    for (const { url, known } of guarded) {
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
