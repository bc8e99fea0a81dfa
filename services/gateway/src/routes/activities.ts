import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { sendActivityJson } from '../presenters/send-activity-json.ts';
import { Problem } from './schemas.ts';

/** `/activities/{id}`: the exact signed text. */
export function activityRoutes({
  store,
}: Pick<GatewayContext, 'store'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/activities/:activityId',
      {
        schema: {
          summary: 'A signed activity, as it was signed',
          params: Type.Object({ activityId: Type.String({ maxLength: 128 }) }),
          response: { 404: Problem },
        },
      },
      async (request, reply) => {
        const activity = await store.activities.find(request.params.activityId);
        if (!activity) throw new AppError('not-found', 'No signed activity has this id.');
        return sendActivityJson(request, reply, activity.text);
      },
    );
  };
}
