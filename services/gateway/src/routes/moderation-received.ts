import { AppError } from '@artdag/errors';
import { encodeCursor } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { replayReceived } from '../commands/replay-received.ts';
import type { GatewayContext } from '../context.ts';
import { admitOperators } from '../plugins/admit-operators.ts';
import { requireOperator } from '../plugins/authentication.ts';
import { presentReceived } from '../presenters/present-received.ts';
import { ListQuery, readLimit, readPosition } from './list-query.ts';
import { IdParams, ReceivedDetail, ReceivedPage, ReplayAnswer } from './moderation-schemas.ts';
import { operatorRoute } from './operator-route.ts';

const Query = Type.Object({
  ...ListQuery.properties,
  state: Type.Optional(Type.Enum(['failed'])),
});

/** `/moderation/received`: activities of peers that could not be processed. */
export function moderationReceivedRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { receivedActivities } = context.store;
  return async (app) => {
    admitOperators(app, context);

    app.get(
      '/moderation/received',
      {
        schema: operatorRoute(
          'Received activities that were set aside, the newest first',
          ReceivedPage,
          { querystring: Query },
        ),
      },
      async (request) => {
        const limit = readLimit(request.query.limit);
        const before = readPosition(request.query.cursor);
        const found = await receivedActivities.pageFailed(before, limit + 1);
        const activities = found.slice(0, limit);
        const last = found.length > limit ? activities.at(-1) : undefined;
        return {
          activities: activities.map(presentReceived),
          next: last ? encodeCursor({ at: last.receivedAt, id: last.receivedId }) : null,
        };
      },
    );

    app.get(
      '/moderation/received/:id',
      {
        schema: operatorRoute(
          'A received activity that was set aside, with the body as it came',
          ReceivedDetail,
          { params: IdParams },
        ),
      },
      async (request) => {
        const failed = await receivedActivities.findFailed(request.params.id);
        if (!failed) throw new AppError('not-found', 'No such activity was set aside.');
        return { ...presentReceived(failed), body: failed.body };
      },
    );

    app.post(
      '/moderation/received/:id/replay',
      {
        schema: operatorRoute('Process an activity that was set aside anew', ReplayAnswer, {
          params: IdParams,
        }),
      },
      async (request) => {
        const { username: operator } = requireOperator(request);
        const { id } = request.params;
        await replayReceived({ operator, receivedId: id }, context);
        return { id, state: 'received' as const };
      },
    );
  };
}
