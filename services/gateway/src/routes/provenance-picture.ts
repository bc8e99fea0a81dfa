import { createBriefCache } from '@artdag/runtime';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { instance } from '@viz-js/viz';
import { Type } from 'typebox';
import { findShownProvenance } from '../commands/find-shown-provenance.ts';
import type { GatewayContext } from '../context.ts';
import { describeGraph } from '../pages/work/provenance-graph.ts';

const Params = Type.Object({ name: Type.String() });
const MINUTE_MS = 60_000;
/** Drawing takes the thread for some milliseconds, so one drawing serves all who look in a minute. */
const PICTURES = { ttlMs: MINUTE_MS, maxEntries: 200 };

/** `/registry/{name}/provenance.svg`: what a work was made of, as a picture. */
export function provenancePictureRoutes(
  context: Pick<GatewayContext, 'store'>,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    let viz: ReturnType<typeof instance> | undefined;
    const pictures = createBriefCache(async (name) => {
      viz ??= instance();
      const [drawing, { graph }] = await Promise.all([viz, findShownProvenance(name, context)]);
      return drawing.renderString(describeGraph(graph), { format: 'svg' });
    }, PICTURES);
    app.get(
      '/registry/:name/provenance.svg',
      { schema: { hide: true, params: Params } },
      async (request, reply) =>
        reply
          .header('cache-control', 'public, max-age=60')
          .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
          .type('image/svg+xml; charset=utf-8')
          .send(await pictures.get(request.params.name)),
    );
  };
}
