import { AppError } from '@artdag/errors';
import type { User } from '@artdag/store';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CODE_BY_ADDRESS, limitAttempts } from '../auth/limit-attempts.ts';
import { hashOneTimeCode } from '../auth/one-time-code.ts';
import { hashPassword } from '../auth/passwords.ts';
import { revokeAllTokens } from '../commands/revoke-tokens.ts';
import type { GatewayContext } from '../context.ts';
import { renderSetupDonePage, renderSetupPage } from '../pages/setup-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { sendFormPage } from '../presenters/send-form-page.ts';
import { NewPassword } from './schemas.ts';

const Params = Type.Object({ code: Type.String({ maxLength: 128 }) });

/** `/setup/{code}`: a user sets his password, once. */
export function setupRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, now } = context;
  const setting = createPageSetting(context.config);
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });

    app.get('/setup/:code', { schema: { hide: true, params: Params } }, async (request, reply) => {
      await limitAttempts(store.attempts, CODE_BY_ADDRESS, request.ip, now());
      const user = known(
        await store.users.findBySetup(hashOneTimeCode(request.params.code), now()),
      );
      return sendFormPage(reply, renderSetupPage(user.username, setting));
    });

    app.post(
      '/setup/:code',
      { schema: { hide: true, params: Params, body: Type.Object({ password: NewPassword }) } },
      async (request, reply) => {
        await limitAttempts(store.attempts, CODE_BY_ADDRESS, request.ip, now());
        const hash = hashOneTimeCode(request.params.code);
        const { passwordHash: old } = known(await store.users.findBySetup(hash, now()));
        const passwordHash = await hashPassword(request.body.password);
        const user = known(await store.users.completeSetup(hash, passwordHash, now()));
        // Whoever made a new password necessary may hold tokens.
        if (old !== null) await revokeAllTokens(user.username, context);
        return sendFormPage(reply, renderSetupDonePage(user.username, setting));
      },
    );
  };
}

function known(user: User | undefined): User {
  if (user) return user;
  throw new AppError(
    'not-found',
    'This link is not good any more: ask an operator for a new one, or start the server again where there is none yet.',
  );
}
