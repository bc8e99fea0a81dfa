import { encodeCursor } from '@artdag/store';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { closeReport } from '../commands/close-report.ts';
import { examineServer } from '../commands/examine-server.ts';
import type { GatewayContext } from '../context.ts';
import { renderAuditPage } from '../pages/operator/audit-page.ts';
import { renderChecksPage } from '../pages/operator/checks-page.ts';
import { renderL1Page } from '../pages/operator/l1-page.ts';
import { renderReportsPage } from '../pages/operator/reports-page.ts';
import { renderServerSettingsPage } from '../pages/operator/server-settings-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { admitOperators } from '../plugins/admit-operators.ts';
import { requireOperator } from '../plugins/authentication.ts';
import { sendFormPage } from '../presenters/send-form-page.ts';
import { formTokenFor } from '../presenters/show-page.ts';
import { ListQuery, readPosition } from './list-query.ts';
import { IdParams } from './moderation-schemas.ts';

const PAGE_SIZE = 50;

/** `/admin` with the pages that show what other routes give as JSON. */
export function operatorPageRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, config, now } = context;
  const setting = createPageSetting(config);
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });
    admitOperators(app, context);

    app.get('/admin', { schema: { hide: true } }, async (_request, reply) => {
      const findings = await examineServer(context, async () => {
        const found = await context.failureCount.read();
        return found.kind === 'none' ? 'counting' : found.counted;
      });
      return sendFormPage(reply, renderChecksPage(findings, setting));
    });

    app.get('/admin/l1', { schema: { hide: true } }, async (_request, reply) =>
      sendFormPage(reply, renderL1Page(await store.l1Servers.list(), now(), setting)),
    );

    app.get('/admin/settings', { schema: { hide: true } }, async (_request, reply) =>
      sendFormPage(reply, renderServerSettingsPage(config.effectiveSettings, setting)),
    );

    app.get(
      '/admin/audit',
      { schema: { hide: true, querystring: ListQuery } },
      async (request, reply) => {
        const { cursor } = request.query;
        const found = await store.audit.page(readPosition(cursor), PAGE_SIZE + 1);
        const entries = found.slice(0, PAGE_SIZE);
        const last = found.length > PAGE_SIZE ? entries.at(-1) : undefined;
        const next = last && encodeCursor({ at: last.at, id: last.entryId });
        const isFirst = cursor === undefined;
        return sendFormPage(reply, renderAuditPage({ entries, isFirst, next }, setting));
      },
    );

    app.get(
      '/admin/reports',
      { schema: { hide: true, querystring: ListQuery } },
      async (request, reply) => {
        const { cursor } = request.query;
        const found = await store.reports.page('open', readPosition(cursor), PAGE_SIZE + 1);
        const reports = found.slice(0, PAGE_SIZE);
        const last = found.length > PAGE_SIZE ? reports.at(-1) : undefined;
        const next = last && encodeCursor({ at: last.receivedAt, id: last.reportId });
        const view = { reports, isFirst: cursor === undefined, next };
        const formToken = formTokenFor(request);
        return sendFormPage(reply, renderReportsPage({ ...view, formToken }, setting));
      },
    );

    app.post(
      '/admin/reports/:id',
      {
        schema: {
          hide: true,
          params: IdParams,
          body: Type.Object({ action: Type.Enum(['close']) }),
        },
      },
      async (request, reply) => {
        const { username: operator } = requireOperator(request);
        await closeReport({ operator, reportId: request.params.id }, context);
        return reply.redirect('/admin/reports', 303);
      },
    );
  };
}
