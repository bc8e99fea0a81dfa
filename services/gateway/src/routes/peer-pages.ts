import { AppError } from '@artdag/errors';
import { normalizeHost } from '@artdag/registry';
import type { Delivery } from '@artdag/store';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HOST_ACTIONS, moderateHost } from '../commands/moderate-host.ts';
import type { GatewayContext } from '../context.ts';
import { renderPeerPage } from '../pages/operator/peer-page.ts';
import { peerPath, renderPeersPage } from '../pages/operator/peers-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { admitOperators } from '../plugins/admit-operators.ts';
import { requireOperator } from '../plugins/authentication.ts';
import { sendFormPage } from '../presenters/send-form-page.ts';
import { formTokenFor } from '../presenters/show-page.ts';

const PAGE_SIZE = 50;
const SHOWN_DELIVERIES = 20;
const Action = Type.Enum(HOST_ACTIONS);
const Params = Type.Object({ host: Type.String({ maxLength: 512 }) });

/** `/admin/peers`: the servers that deliveries go to, for people; `/moderation/hosts` is for programs. */
export function peerPageRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, config, now } = context;
  const setting = createPageSetting(config);
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });
    admitOperators(app, context);

    app.get(
      '/admin/peers',
      {
        schema: {
          hide: true,
          querystring: Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 512 })) }),
        },
      },
      async (request, reply) => {
        const { cursor } = request.query;
        const found = await store.hosts.list(cursor, PAGE_SIZE + 1);
        const hosts = found.slice(0, PAGE_SIZE);
        const backlogs = await store.deliveries.backlogsOf(hosts.map(({ host }) => host));
        const peers = hosts.map((host) => ({
          host,
          backlog: backlogs.find((backlog) => backlog.host === host.host),
        }));
        const next = found.length > PAGE_SIZE ? hosts.at(-1)?.host : undefined;
        const view = { peers, isFirst: cursor === undefined, next, now: now() };
        return sendFormPage(reply, renderPeersPage(view, setting));
      },
    );

    app.get(
      '/admin/peers/:host',
      {
        schema: {
          hide: true,
          params: Params,
          querystring: Type.Object({ ask: Type.Optional(Action) }),
        },
      },
      async (request, reply) => {
        const name = readHost(request.params.host);
        const [known, [backlog], ids] = await Promise.all([
          store.hosts.find(name),
          store.deliveries.backlogsOf([name]),
          store.deliveries.listPending(name, SHOWN_DELIVERIES),
        ]);
        const found = await Promise.all(ids.map((id) => store.deliveries.find(id)));
        const deliveries = found.filter((delivery): delivery is Delivery => delivery !== undefined);
        const asked = request.query.ask;
        const formToken = formTokenFor(request);
        const host = known ?? { host: name };
        const view = { host, backlog, deliveries, asked, formToken, now: now() };
        return sendFormPage(reply, renderPeerPage(view, setting));
      },
    );

    app.post(
      '/admin/peers/:host',
      { schema: { hide: true, params: Params, body: Type.Object({ action: Action }) } },
      async (request, reply) => {
        const { username: operator } = requireOperator(request);
        const host = readHost(request.params.host);
        await moderateHost({ operator, action: request.body.action, host }, context);
        return reply.redirect(peerPath(host), 303);
      },
    );
  };
}

function readHost(text: string): string {
  const host = normalizeHost(text);
  if (host !== undefined) return host;
  throw new AppError('validation-failed', 'params/host must be a host name such as example.org.');
}
