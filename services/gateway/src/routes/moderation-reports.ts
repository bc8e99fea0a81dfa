import { AppError } from '@artdag/errors';
import { encodeCursor } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { closeReport } from '../commands/close-report.ts';
import type { GatewayContext } from '../context.ts';
import { admitOperators } from '../plugins/admit-operators.ts';
import { requireOperator } from '../plugins/authentication.ts';
import { presentReport } from '../presenters/present-report.ts';
import { ListQuery, readLimit, readPosition } from './list-query.ts';
import { IdParams, ReportAnswer, ReportPage } from './moderation-schemas.ts';
import { operatorRoute } from './operator-route.ts';

const Query = Type.Object({
  ...ListQuery.properties,
  state: Type.Optional(Type.Enum(['open', 'closed'])),
});

/** `/moderation/reports`: what peers complain of. */
export function moderationReportRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { reports } = context.store;
  return async (app) => {
    admitOperators(app, context);

    app.get(
      '/moderation/reports',
      {
        schema: operatorRoute(
          'Reports of peers, the newest first: the open ones unless `state` says otherwise',
          ReportPage,
          { querystring: Query },
        ),
      },
      async (request) => {
        const { state = 'open' } = request.query;
        const limit = readLimit(request.query.limit);
        const found = await reports.page(state, readPosition(request.query.cursor), limit + 1);
        const shown = found.slice(0, limit);
        const last = found.length > limit ? shown.at(-1) : undefined;
        return {
          reports: shown.map(presentReport),
          next: last ? encodeCursor({ at: last.receivedAt, id: last.reportId }) : null,
        };
      },
    );

    app.get(
      '/moderation/reports/:id',
      {
        schema: operatorRoute('One report', ReportAnswer, { params: IdParams }),
      },
      async (request) => {
        const report = await reports.find(request.params.id);
        if (!report) throw new AppError('not-found', 'There is no such report.');
        return presentReport(report);
      },
    );

    app.post(
      '/moderation/reports/:id/close',
      {
        schema: operatorRoute('Mark a report as dealt with', ReportAnswer, { params: IdParams }),
      },
      async (request) => {
        const { username: operator } = requireOperator(request);
        return presentReport(await closeReport({ operator, reportId: request.params.id }, context));
      },
    );
  };
}
