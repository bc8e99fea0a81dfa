import { AppError } from '@artdag/errors';
import { normalizeHost } from '@artdag/registry';
import { encodeCursor } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HOST_ACTIONS, moderateHost } from '../commands/moderate-host.ts';
import type { GatewayContext } from '../context.ts';
import { admitOperators } from '../plugins/admit-operators.ts';
import { requireOperator } from '../plugins/authentication.ts';
import { presentHost } from '../presenters/present-host.ts';
import { ListQuery, readLimit, readPosition } from './list-query.ts';
import { AuditPage, HostAnswer, HostPage, ModerationAnswer } from './moderation-schemas.ts';
import { operatorRoute } from './operator-route.ts';

const HostParams = Type.Object({ host: Type.String({ maxLength: 512 }) });

/** `/moderation`: what operators see of peers' hosts and decide about them. */
export function moderationRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, now } = context;
  return async (app) => {
    admitOperators(app, context);

    app.get(
      '/moderation/hosts',
      {
        schema: operatorRoute("Peers' hosts by name, with their backlog", HostPage, {
          querystring: ListQuery,
        }),
      },
      async (request) => {
        const limit = readLimit(request.query.limit);
        const found = await store.hosts.list(request.query.cursor, limit + 1);
        const hosts = found.slice(0, limit);
        const backlogs = await store.deliveries.backlogsOf(hosts.map(({ host }) => host));
        const backlogOf = new Map(backlogs.map((backlog) => [backlog.host, backlog]));
        return {
          hosts: hosts.map((host) => presentHost(host, backlogOf.get(host.host), now())),
          next: found.length > limit ? (hosts.at(-1)?.host ?? null) : null,
        };
      },
    );

    app.get(
      '/moderation/hosts/:host',
      {
        schema: operatorRoute("What is known of a peer's host", HostAnswer, { params: HostParams }),
      },
      async (request) => {
        const host = readHost(request.params.host);
        const [known, [backlog]] = await Promise.all([
          store.hosts.find(host),
          store.deliveries.backlogsOf([host]),
        ]);
        if (!known && !backlog)
          throw new AppError('not-found', 'Nothing is known of this host yet.');
        return presentHost(known ?? { host }, backlog, now());
      },
    );

    for (const action of HOST_ACTIONS) {
      app.post(
        `/moderation/hosts/:host/${action}`,
        {
          schema: operatorRoute(SUMMARIES[action], ModerationAnswer, { params: HostParams }),
        },
        async (request) => {
          const { username: operator } = requireOperator(request);
          const host = readHost(request.params.host);
          const count = await moderateHost({ operator, action, host }, context);
          return { host, action, deliveries: count };
        },
      );
    }

    app.get(
      '/moderation/audit',
      {
        schema: operatorRoute('What operators did, the newest first', AuditPage, {
          querystring: ListQuery,
        }),
      },
      async (request) => {
        const limit = readLimit(request.query.limit);
        const found = await store.audit.page(readPosition(request.query.cursor), limit + 1);
        const entries = found.slice(0, limit);
        const last = found.length > limit ? entries.at(-1) : undefined;
        return {
          entries: entries.map(({ at, operator, action, target, count }) => ({
            at: at.toISOString(),
            operator,
            action,
            target,
            deliveries: count ?? null,
          })),
          next: last ? encodeCursor({ at: last.at, id: last.entryId }) : null,
        };
      },
    );
  };
}

const SUMMARIES = {
  block: 'Refuse what the host sends, send it nothing, and drop what waits for it',
  allow: 'Exchange activities with the host, also where its domain is blocked',
  pause: 'Hold deliveries to the host back',
  resume: 'Let deliveries to the host go on, at once',
  retry: 'Try waiting and failed deliveries to the host now, and close its breaker',
  drop: 'Give up every delivery that waits for the host',
} as const;

function readHost(text: string): string {
  const host = normalizeHost(text);
  if (host !== undefined) return host;
  throw new AppError('validation-failed', 'params/host must be a host name such as example.org.');
}
