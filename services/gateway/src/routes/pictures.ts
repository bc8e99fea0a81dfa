import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';

const Params = Type.Object({
  contentHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  file: Type.Enum(['small.webp', 'large.webp']),
});

/** `/pictures/{content_hash}/{size}.webp`: this server's own copies of pictures whose hash it has checked. */
export function pictureRoutes({ store }: Pick<GatewayContext, 'store'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/pictures/:contentHash/:file',
      { schema: { hide: true, params: Params } },
      async (request, reply) => {
        const { contentHash, file } = request.params;
        const size = file === 'small.webp' ? 'small' : 'large';
        const found = await store.pictures.find(contentHash, size);
        if (!found) throw new AppError('not-found', 'This server has no picture of this hash.');
        return reply
          .header('cache-control', 'public, max-age=31536000, immutable')
          .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
          .type('image/webp')
          .send(Buffer.from(found.bytes));
      },
    );
  };
}
