import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { actOnFailures, FAILURE_ACTIONS } from '../commands/act-on-failures.ts';
import { findFailureGroup, listFailures } from '../commands/failure-groups.ts';
import type { GatewayContext } from '../context.ts';
import { renderFailurePage, renderFailuresPage } from '../pages/operator/failures-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { admitOperators } from '../plugins/admit-operators.ts';
import { requireOperator } from '../plugins/authentication.ts';
import { presentFailure } from '../presenters/present-queue.ts';
import { formTokenFor, showPage, textOf } from '../presenters/show-page.ts';
import { FailureActAnswer, FailureDetail, FailureList } from './admin-schemas.ts';
import { operatorRoute } from './operator-route.ts';

const Params = Type.Object({ group: Type.String({ pattern: '^[0-9a-f]{16}$' }) });
const SHOWN_WORKS = 100;
const LISTED_WORKS = 20;

/** `/admin/failures`: work that was given up, by kind, reason and host. */
export function adminFailureRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(context.config);
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });
    admitOperators(app, context);

    app.get(
      '/admin/failures',
      {
        preHandler: showPage(async () =>
          renderFailuresPage(await context.failureCount.read(), setting),
        ),
        schema: operatorRoute(
          'Work that was given up, grouped by kind, reason and host, the largest group first',
          FailureList,
          {},
        ),
      },
      async () => ({ failures: (await listFailures(context)).map(presentFailure) }),
    );

    app.get(
      '/admin/failures/:group',
      {
        preHandler: showPage(async (request) => {
          const group = await findFailureGroup(textOf(request.params, 'group') ?? '', context);
          const workIds = await context.store.failures.list(group, LISTED_WORKS);
          const asked = FAILURE_ACTIONS.find((action) => action === textOf(request.query, 'ask'));
          return renderFailurePage(
            { group, workIds, asked, formToken: formTokenFor(request) },
            setting,
          );
        }),
        schema: operatorRoute('One group of failures, with ids of the works', FailureDetail, {
          params: Params,
        }),
      },
      async (request) => {
        const group = await findFailureGroup(request.params.group, context);
        const workIds = await context.store.failures.list(group, SHOWN_WORKS);
        return { ...presentFailure(group), work_ids: workIds };
      },
    );

    app.post(
      '/admin/failures/:group',
      {
        schema: {
          hide: true,
          params: Params,
          body: Type.Object({ action: Type.Enum(FAILURE_ACTIONS) }),
        },
      },
      async (request, reply) => {
        const { username: operator } = requireOperator(request);
        const { action } = request.body;
        await actOnFailures({ operator, action, groupId: request.params.group }, context);
        context.failureCount.forget();
        return reply.redirect('/admin/failures', 303);
      },
    );

    for (const action of FAILURE_ACTIONS) {
      app.post(
        `/admin/failures/:group/${action}`,
        {
          schema: operatorRoute(SUMMARIES[action], FailureActAnswer, { params: Params }),
        },
        async (request) => {
          const { username: operator } = requireOperator(request);
          const groupId = request.params.group;
          const { done, remaining } = await actOnFailures({ operator, action, groupId }, context);
          context.failureCount.forget();
          return { group_id: groupId, action, done, remaining };
        },
      );
    }
  };
}

const SUMMARIES = {
  retry: 'Try the work of a group again',
  drop: 'Give the work of a group up for good',
} as const;
