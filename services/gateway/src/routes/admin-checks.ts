import { CHECKS, type Finding } from '@artdag/diagnostics';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { examineServer } from '../commands/examine-server.ts';
import type { GatewayContext } from '../context.ts';
import { admitOperators } from '../plugins/admit-operators.ts';
import { CheckList } from './admin-schemas.ts';
import { LOGGED_IN, Problem } from './schemas.ts';

/** `/admin/checks`: what `artdag-l2 doctor` checks, as far as a gateway can see it. */
export function adminCheckRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    admitOperators(app, context);

    app.get(
      '/admin/checks',
      {
        schema: {
          summary: 'All that the server needs: what was found, what it means, what to do',
          security: LOGGED_IN,
          response: { 200: CheckList, '4xx': Problem },
        },
      },
      async () => {
        const findings = await examineServer(context, () => context.store.failures.groups());
        return { checks: findings.map(presentFinding) };
      },
    );
  };
}

function presentFinding({ check, state, finding, fix }: Finding) {
  return { check, state, finding, means: CHECKS[check], fix: fix ?? null };
}
