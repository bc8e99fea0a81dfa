import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { renderRunPage, type ShownRun } from '../pages/run-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';

const Params = Type.Object({
  l1: Type.String({ maxLength: 2048 }),
  run: Type.String({ maxLength: 128 }),
});

const MAX_RUNS = 100;

/** `/runs/{l1}/{run}`: what is registered of one run of an L1, which is named by its base URL. */
export function runRoutes({
  store,
  config,
}: Pick<GatewayContext, 'store' | 'config'>): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(config);
  return async (app) => {
    app.get(
      '/runs/:l1/:run',
      { schema: { hide: true, params: Params } },
      async (request, reply) => {
        const { l1, run } = request.params;
        const found = await store.runs.listByRun(l1, run, MAX_RUNS);
        const runs = found.filter(
          (each): each is ShownRun => each.state === 'registered' && each.result !== undefined,
        );
        const [first] = runs;
        if (!first) throw new AppError('not-found', 'No registered work is of this run.');
        return reply.sendPage(renderRunPage(first, runs, setting));
      },
    );
  };
}
