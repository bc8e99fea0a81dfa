import { AppError } from '@artdag/errors';
import { encodeCursor } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { chooseForm } from '../choose-form.ts';
import { checkSignature } from '../commands/check-signature.ts';
import { judgeSignature } from '../commands/judge-claim.ts';
import type { GatewayContext } from '../context.ts';
import { renderActivitiesPage } from '../pages/activities-page.ts';
import { renderActivityPage } from '../pages/activity-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { signedFetch } from '../plugins/signed-fetch.ts';
import { linkPage } from '../presenters/link-page.ts';
import { presentDelivery } from '../presenters/present-delivery.ts';
import { sendActivityJson } from '../presenters/send-activity-json.ts';
import { ListQuery, readLimit, readPosition } from './list-query.ts';
import { DeliveryPage } from './moderation-schemas.ts';
import { LOGGED_IN, Problem } from './schemas.ts';

const PAGE_SIZE = 30;

const Params = Type.Object({ activityId: Type.String({ maxLength: 128 }) });

/** `/activities/{id}`: the exact signed text, and where it was delivered. */
export function activityRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, iris, now } = context;
  const setting = createPageSetting(context.config);
  return async (app) => {
    app.get(
      '/activities',
      {
        onRequest: signedFetch(context),
        schema: {
          summary: 'What users of this server said, the newest first',
          querystring: Type.Object({ cursor: ListQuery.properties.cursor }),
        },
      },
      async (request, reply) => {
        const { cursor } = request.query;
        const found = await store.activities.latest(readPosition(cursor), PAGE_SIZE + 1);
        const activities = found.slice(0, PAGE_SIZE);
        const last = found.length > PAGE_SIZE ? activities.at(-1) : undefined;
        const next = last && encodeCursor({ at: last.publishedAt, id: last.activityId });
        if (chooseForm(request, ['json', 'html']) === 'html') {
          const view = { activities, isFirst: cursor === undefined, next };
          return reply.sendPage(renderActivitiesPage(view, setting));
        }
        const texts = activities.map(({ text }) => text).join(',');
        return linkPage(reply)
          .type('application/json; charset=utf-8')
          .send(`{"activities":[${texts}],"next":${JSON.stringify(next ?? null)}}`);
      },
    );

    app.get('/activity/:activityId', { schema: { hide: true, params: Params } }, (request, reply) =>
      reply.redirect(`/activities/${encodeURIComponent(request.params.activityId)}`, 301),
    );

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
        if (chooseForm(request, ['activity', 'html']) === 'html') {
          const status = judgeSignature({
            state: 'signed',
            signature: {
              finding: checkSignature(activity, await store.users.find(activity.actor), iris),
              stored: activity.verified,
              signedAt: activity.signedAt,
            },
            now: now(),
          });
          return reply.sendPage(renderActivityPage({ activity, status }, setting));
        }
        return sendActivityJson(request, linkPage(reply), activity.text);
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
