import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { signedFetch } from '../plugins/signed-fetch.ts';
import { presentDelivery } from '../presenters/present-delivery.ts';
import { sendActivityJson } from '../presenters/send-activity-json.ts';
import { ListQuery, readLimit } from './list-query.ts';
import { DeliveryPage } from './moderation-schemas.ts';
import { LOGGED_IN, Problem } from './schemas.ts';

const Params = Type.Object({ activityId: Type.String({ maxLength: 128 }) });

/** `/activities/{id}`: the exact signed text, and where it was delivered. */
export function activityRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store } = context;
  return async (app) => {
    app.get(
      '/activities/:activityId',
      {
        onRequest: signedFetch(context),
        schema: {
          summary: 'A signed activity, as it was signed',
          params: Params,
          response: { 404: Problem },
        },
      },
      async (request, reply) => {
        const activity = await store.activities.find(request.params.activityId);
        if (!activity) throw new AppError('not-found', 'No signed activity has this id.');
        return sendActivityJson(request, reply, activity.text);
      },
    );

    app.get(
      '/activities/:activityId/deliveries',
      {
        onRequest: authenticate(context),
        schema: {
          summary: 'Where an activity was delivered, for its actor and for operators',
          security: LOGGED_IN,
          params: Params,
          querystring: ListQuery,
          response: { 200: DeliveryPage, '4xx': Problem },
        },
      },
      async (request) => {
        const { activityId } = request.params;
        const { username, role } = principalOf(request);
        const activity =
          (await store.activities.find(activityId)) ??
          (await store.activities.findPending(activityId));
        if (!activity) throw new AppError('not-found', 'No activity has this id.');
        if (activity.actor !== username && role !== 'operator')
          throw new AppError('forbidden', 'Only its actor and operators may see this.');
        const limit = readLimit(request.query.limit);
        const found = await store.deliveries.listByActivity(
          activityId,
          limit + 1,
          request.query.cursor,
        );
        const shown = found.slice(0, limit);
        return {
          deliveries: shown.map(presentDelivery),
          next: found.length > limit ? (shown.at(-1)?.inbox ?? null) : null,
        };
      },
    );
  };
}
