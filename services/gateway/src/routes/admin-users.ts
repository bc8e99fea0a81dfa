import type { User } from '@artdag/store';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { addUser, changeUser, type PasswordLink, resetPassword } from '../commands/manage-user.ts';
import type { GatewayContext } from '../context.ts';
import { renderOperatedUsersPage, renderPasswordLinkPage } from '../pages/operator/users-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { admitOperators } from '../plugins/admit-operators.ts';
import { requireOperator } from '../plugins/authentication.ts';
import { sendFormPage } from '../presenters/send-form-page.ts';
import { formTokenFor, showPage, textOf } from '../presenters/show-page.ts';
import { PasswordLinkAnswer, UserActAnswer, UserList } from './admin-schemas.ts';
import { ListQuery, readLimit } from './list-query.ts';
import { operatorRoute } from './operator-route.ts';
import { Email, Username, UserParams } from './schemas.ts';

const Role = Type.Enum(['user', 'operator']);
const NewUser = Type.Object({
  username: Username,
  role: Type.Optional(Role),
  email: Type.Optional(Email),
});

const PAGE_SIZE = 50;

/** `/admin/users`: who may log in, and as what. */
export function adminUserRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, config } = context;
  const presentLink = (username: string, { path, expiresAt }: PasswordLink) => ({
    username,
    password_link: `${config.publicUrl}${path}`,
    expires_at: expiresAt.toISOString(),
  });
  const setting = createPageSetting(config);
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });
    admitOperators(app, context);

    app.get(
      '/admin/users',
      {
        preHandler: showPage(async (request) => {
          const { username: operator } = requireOperator(request);
          const cursor = textOf(request.query, 'cursor');
          const found = await store.users.page(cursor, PAGE_SIZE + 1);
          const users = found.slice(0, PAGE_SIZE);
          const next = found.length > PAGE_SIZE ? users.at(-1)?.username : undefined;
          const [isFirst, formToken] = [cursor === undefined, formTokenFor(request)];
          return renderOperatedUsersPage({ users, operator, isFirst, next, formToken }, setting);
        }),
        schema: operatorRoute('The users, by name', UserList, { querystring: ListQuery }),
      },
      async (request) => {
        const limit = readLimit(request.query.limit);
        const found = await store.users.page(request.query.cursor, limit + 1);
        const users = found.slice(0, limit);
        const next = found.length > limit ? (users.at(-1)?.username ?? null) : null;
        return { users: users.map(presentUser), next };
      },
    );

    app.post(
      '/admin/users',
      {
        schema: operatorRoute(
          'Make a user; the answer has the link that sets his password',
          PasswordLinkAnswer,
          { body: NewUser },
        ),
      },
      async (request) => {
        const { username: operator } = requireOperator(request);
        const { username, role = 'user', email } = request.body;
        const link = await addUser({ operator, username, role, email }, context);
        return presentLink(username, link);
      },
    );

    app.post(
      '/admin/users/:username/reset-password',
      {
        schema: operatorRoute(
          'A link that sets a new password, once, within a day',
          PasswordLinkAnswer,
          { params: UserParams },
        ),
      },
      async (request) => {
        const { username: operator } = requireOperator(request);
        const { username } = request.params;
        return presentLink(username, await resetPassword(operator, username, context));
      },
    );

    app.post(
      '/admin/users/:username',
      {
        schema: {
          hide: true,
          params: UserParams,
          body: Type.Object({ action: Type.Enum(['disable', 'enable', 'reset-password']) }),
        },
      },
      async (request, reply) => {
        const { username: operator } = requireOperator(request);
        const { username } = request.params;
        const { action } = request.body;
        if (action === 'reset-password') {
          const link = await resetPassword(operator, username, context);
          return sendFormPage(reply, renderPasswordLinkPage(username, link, setting));
        }
        await changeUser(operator, username, { kind: action }, context);
        return reply.redirect('/admin/users', 303);
      },
    );

    for (const kind of ['disable', 'enable'] as const) {
      app.post(
        `/admin/users/:username/${kind}`,
        {
          schema: operatorRoute(SUMMARIES[kind], UserActAnswer, { params: UserParams }),
        },
        async (request) => {
          const { username: operator } = requireOperator(request);
          const { username } = request.params;
          await changeUser(operator, username, { kind }, context);
          return { username, action: kind };
        },
      );
    }

    app.post(
      '/admin/users/:username/role',
      {
        schema: operatorRoute('Make a user an operator, or an operator a user', UserActAnswer, {
          params: UserParams,
          body: Type.Object({ role: Role }),
        }),
      },
      async (request) => {
        const { username: operator } = requireOperator(request);
        const { username } = request.params;
        const { role } = request.body;
        await changeUser(operator, username, { kind: 'role', role }, context);
        return { username, action: `make-${role}` };
      },
    );
  };
}

const SUMMARIES = {
  disable: 'Keep a user out: his tokens and his password are of no use',
  enable: 'Let a user in again',
} as const;

function presentUser(user: User) {
  return {
    username: user.username,
    role: user.role,
    email: user.email ?? null,
    created_at: user.createdAt.toISOString(),
    disabled_at: user.disabledAt?.toISOString() ?? null,
    has_password: user.passwordHash !== null,
    has_keys: user.keys !== null,
  };
}
