import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  actOnFailures,
  FAILURE_ACTIONS,
  findFailureGroup,
  listFailures,
} from '../commands/act-on-failures.ts';
import type { GatewayContext } from '../context.ts';
import { authenticate, requireOperator } from '../plugins/authentication.ts';
import { presentFailure } from '../presenters/present-queue.ts';
import { FailureActAnswer, FailureDetail, FailureList } from './admin-schemas.ts';
import { LOGGED_IN, Problem } from './schemas.ts';

const Params = Type.Object({ group: Type.String({ pattern: '^[0-9a-f]{16}$' }) });
const SHOWN_WORKS = 100;

/** `/admin/failures`: work that was given up, by kind, reason and host. */
export function adminFailureRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('onRequest', authenticate(context));
    app.addHook('onRequest', async (request) => void requireOperator(request));
    const security = LOGGED_IN;

    app.get(
      '/admin/failures',
      {
        schema: {
          summary:
            'Work that was given up, grouped by kind, reason and host, the largest group first',
          security,
          response: { 200: FailureList, '4xx': Problem },
        },
      },
      async () => ({ failures: (await listFailures(context)).map(presentFailure) }),
    );

    app.get(
      '/admin/failures/:group',
      {
        schema: {
          summary: 'One group of failures, with ids of the works',
          security,
          params: Params,
          response: { 200: FailureDetail, '4xx': Problem },
        },
      },
      async (request) => {
        const group = await findFailureGroup(request.params.group, context);
        const workIds = await context.store.failures.list(group, SHOWN_WORKS);
        return { ...presentFailure(group), work_ids: workIds };
      },
    );

    for (const action of FAILURE_ACTIONS) {
      app.post(
        `/admin/failures/:group/${action}`,
        {
          schema: {
            summary: SUMMARIES[action],
            security,
            params: Params,
            response: { 200: FailureActAnswer, '4xx': Problem },
          },
        },
        async (request) => {
          const { username: operator } = requireOperator(request);
          const groupId = request.params.group;
          const { done, remaining } = await actOnFailures({ operator, action, groupId }, context);
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
