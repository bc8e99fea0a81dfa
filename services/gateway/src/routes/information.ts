import { AppError, type ErrorCode, errorCatalog } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { chooseForm } from '../choose-form.ts';
import type { GatewayContext } from '../context.ts';
import { renderAboutPage } from '../pages/about-page.ts';
import { renderProblemPage } from '../pages/problem-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';

const Params = Type.Object({ code: Type.String({ maxLength: 64 }) });

/** `/about`, and `/problems/{code}`: where the `type` of an error leads. */
export function informationRoutes({
  config,
}: Pick<GatewayContext, 'config'>): FastifyPluginAsyncTypebox {
  const setting = createPageSetting(config);
  return async (app) => {
    app.get('/about', { schema: { hide: true } }, (_, reply) =>
      reply.sendPage(renderAboutPage(setting)),
    );

    app.get(
      '/problems/:code',
      { schema: { summary: 'What a code of an error means', params: Params } },
      async (request, reply) => {
        const { code } = request.params;
        if (!isErrorCode(code)) throw new AppError('not-found', 'No problem has this code.');
        if (chooseForm(request, ['json', 'html']) === 'html')
          return reply.sendPage(renderProblemPage(code, setting));
        const { status, title } = errorCatalog[code];
        return reply
          .header('vary', 'Accept')
          .send({ type: `/problems/${code}`, title, status, code });
      },
    );
  };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalog, code);
}
