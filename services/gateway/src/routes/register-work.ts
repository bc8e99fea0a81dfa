import { buildCreate } from '@artdag/activitypub';
import { ASSET_LIMITS, ASSET_TYPE_PATTERN, CONTENT_HASH_PATTERN } from '@artdag/registry';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { readWorkForm } from '../commands/read-work-form.ts';
import { registerAsset } from '../commands/register-asset.ts';
import type { GatewayContext } from '../context.ts';
import {
  renderRegisterWorkPage,
  renderStatementPage,
  type WorkFields,
} from '../pages/account/register-work-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { sendFormPage, showFormAgain } from '../presenters/send-form-page.ts';
import { formTokenFor } from '../presenters/show-page.ts';

const PAGE_WAIT_MS = 3000;
const MAX_TAGS_TEXT = 8192;
const Form = Type.Object({
  step: Type.Enum(['preview', 'sign', 'change']),
  name: Type.String({ minLength: 1, maxLength: ASSET_LIMITS.name }),
  content_hash: Type.String({ pattern: CONTENT_HASH_PATTERN }),
  asset_type: Type.String({ pattern: ASSET_TYPE_PATTERN }),
  tags: Type.String({ maxLength: MAX_TAGS_TEXT }),
  url: Type.String({ maxLength: ASSET_LIMITS.url }),
  metadata: Type.String({ maxLength: ASSET_LIMITS.metadataBytes }),
});

/** `/register-work`: the form, the statement that will be signed, and the registration. */
export function registerWorkRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { config, iris } = context;
  const setting = createPageSetting(config);
  const viewFor = (request: FastifyRequest, fields: WorkFields) => ({
    username: principalOf(request).username,
    formToken: formTokenFor(request),
    fields,
  });
  return async (app) => {
    await app.register(formbody, { bodyLimit: 256 * 1024 });
    app.addHook('onRequest', authenticate(context));

    app.get('/register-work', { schema: { hide: true } }, async (request, reply) =>
      sendFormPage(reply, renderRegisterWorkPage(viewFor(request, {}), setting)),
    );

    app.post(
      '/register-work',
      {
        schema: { hide: true, body: Form },
        errorHandler: showFormAgain(({ field, problem }, request) => {
          const fields = {
            name: field('name'),
            content_hash: field('content_hash'),
            asset_type: field('asset_type'),
            tags: field('tags'),
            url: field('url'),
            metadata: field('metadata'),
          };
          return renderRegisterWorkPage({ ...viewFor(request, fields), problem }, setting);
        }),
      },
      async (request, reply) => {
        const { step, ...fields } = request.body;
        const view = viewFor(request, fields);
        if (step === 'change') return sendFormPage(reply, renderRegisterWorkPage(view, setting));
        const asset = readWorkForm(fields);
        const { username: owner } = view;
        if (step === 'preview') {
          const { idLater: activityId, timeLater: published } = setting.m.scripts;
          const statement = buildCreate({ activityId, username: owner, published, asset }, iris);
          return sendFormPage(reply, renderStatementPage({ ...view, statement }, setting));
        }
        await registerAsset({ owner, asset, waitMs: PAGE_WAIT_MS }, context);
        return reply.redirect(`/registry/${encodeURIComponent(asset.name)}`, 303);
      },
    );
  };
}
