import { Readable } from 'node:stream';
import { AppError } from '@artdag/errors';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { readAccount } from '../commands/read-account.ts';
import { updateProfile } from '../commands/update-profile.ts';
import { withdrawAsset } from '../commands/withdraw-asset.ts';
import type { GatewayContext } from '../context.ts';
import { renderMePage } from '../pages/account/me-page.ts';
import { renderMyWorkPage } from '../pages/account/my-work-page.ts';
import { renderSettingsPage } from '../pages/account/settings-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { sendFormPage, showFormAgain } from '../presenters/send-form-page.ts';
import { formTokenFor } from '../presenters/show-page.ts';
import { streamAccount } from '../presenters/stream-account.ts';
import { readPosition } from './list-query.ts';

const PAGE_WAIT_MS = 3000;
const EXPORT_TIMEOUT_MS = 3_600_000;
const Params = Type.Object({ name: Type.String({ maxLength: 8192 }) });
const Cursor = Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 4096 })) });
const Profile = Type.Object({
  display_name: Type.String({ minLength: 1, maxLength: 128 }),
  summary: Type.String({ maxLength: 4096 }),
});

/** `/me`: what a user has here, and what he does with it. */
export function accountPageRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, config } = context;
  const setting = createPageSetting(config);
  const findUser = async (username: string) => {
    const user = await store.users.find(username);
    if (user) return user;
    throw new AppError('not-found', 'There is no such user.');
  };
  return async (app) => {
    await app.register(formbody, { bodyLimit: 32 * 1024 });
    app.addHook('onRequest', authenticate(context));

    app.get('/me', { schema: { hide: true, querystring: Cursor } }, async (request, reply) => {
      const before = readPosition(request.query.cursor);
      const account = await readAccount(principalOf(request).username, before, context);
      return sendFormPage(reply, renderMePage(account, setting));
    });

    app.get(
      '/me/works/:name',
      { schema: { hide: true, params: Params } },
      async (request, reply) => {
        const work = await store.assets.find(request.params.name);
        if (work?.owner !== principalOf(request).username)
          throw new AppError('not-found', 'You have no work of this name.');
        return sendFormPage(reply, renderMyWorkPage(work, formTokenFor(request), setting));
      },
    );

    app.post(
      '/me/works/:name',
      { schema: { hide: true, params: Params } },
      async (request, reply) => {
        const { username } = principalOf(request);
        const { name } = request.params;
        await withdrawAsset({ username, name, waitMs: PAGE_WAIT_MS }, context);
        return reply.redirect(`/registry/${encodeURIComponent(name)}`, 303);
      },
    );

    app.get('/me/settings', { schema: { hide: true } }, async (request, reply) => {
      const { displayName, summary = '' } = await findUser(principalOf(request).username);
      const view = { displayName, summary, formToken: formTokenFor(request) };
      return sendFormPage(reply, renderSettingsPage(view, setting));
    });

    app.post(
      '/me/settings',
      {
        schema: { hide: true, body: Profile },
        errorHandler: showFormAgain(({ field, problem }, request) =>
          renderSettingsPage(
            {
              displayName: field('display_name') ?? '',
              summary: field('summary') ?? '',
              problem,
              formToken: formTokenFor(request),
            },
            setting,
          ),
        ),
      },
      async (request, reply) => {
        const { username } = principalOf(request);
        const { display_name: displayName, summary } = request.body;
        // A browser sends the ends of lines as two characters.
        const wish = { username, displayName, summary: summary.replaceAll('\r\n', '\n') };
        await updateProfile({ ...wish, waitMs: PAGE_WAIT_MS }, context);
        return reply.redirect('/me/settings', 303);
      },
    );

    app.get(
      '/me/export',
      { handlerTimeout: EXPORT_TIMEOUT_MS, schema: { hide: true } },
      async (request, reply) => {
        const user = await findUser(principalOf(request).username);
        return reply
          .header('cache-control', 'no-store')
          .header('content-disposition', `attachment; filename="${user.username}.json"`)
          .type('application/json; charset=utf-8')
          .send(Readable.from(streamAccount(user, context)));
      },
    );
  };
}
