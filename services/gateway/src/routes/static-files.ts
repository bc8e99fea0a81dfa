import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { STATIC_FILE_ROUTE, STATIC_FILES } from '../pages/shell/static-file.ts';

const Params = Type.Object({ file: Type.String({ maxLength: 64 }) });

const FOR_EVER = 'public, max-age=31536000, immutable';
/** While gateways are replaced, one gets to hear the names of the other: its own file serves. */
const NOT_KEPT = 'no-store';

/** `/shell/{file}`: the stylesheet and the icons. */
export function staticFileRoutes(): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      STATIC_FILE_ROUTE,
      { schema: { hide: true, params: Params } },
      async (request, reply) => {
        const asked = request.params.file;
        const exact = STATIC_FILES.find(({ name }) => name === asked);
        const found = exact ?? STATIC_FILES.find(({ name }) => stemOf(name) === stemOf(asked));
        if (!found) throw new AppError('not-found', 'There is no such file.');
        return reply
          .header('cache-control', exact ? FOR_EVER : NOT_KEPT)
          .type(found.type)
          .send(found.bytes);
      },
    );
  };
}

function stemOf(name: string): string | undefined {
  return /^([a-z]+)\.[0-9a-f]{12}\.[a-z]+$/.exec(name)?.[1];
}
