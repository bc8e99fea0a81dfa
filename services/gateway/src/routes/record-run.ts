import { AppError } from '@artdag/errors';
import { ASSET_LIMITS } from '@artdag/registry';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type RunStanding, readStanding, recordRun } from '../commands/record-run.ts';
import { useIdempotencyKey } from '../commands/use-idempotency-key.ts';
import type { GatewayContext } from '../context.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { presentRegistration } from '../presenters/present-asset.ts';
import { presentRun } from '../presenters/present-run.ts';
import { isAsync } from './read-wait.ts';
import { Asset, asText, LOGGED_IN, Problem, Registration } from './schemas.ts';

const NewRun = Type.Object({
  run_id: Type.String({
    pattern: '^(?!\\.{1,2}$)[^/?#\\\\\\u0000-\\u001f\\u007f]{1,128}$',
    description: 'The id of the run at its L1: 1 to 128 characters without / ? # and \\',
  }),
  output_name: Type.String({ minLength: 1, maxLength: ASSET_LIMITS.name }),
  l1_server: Type.Optional(
    Type.Union([Type.String({ maxLength: 2048 }), Type.Null()], {
      description: 'A configured L1; the first one where nothing is said',
    }),
  ),
  callback_url: Type.Optional(
    Type.Union([Type.String({ maxLength: 2048 }), Type.Null()], {
      description: 'Where the L1 is told of the end: a URL on its own origin',
    }),
  ),
});

const RunAnswer = Type.Object({
  job: Type.String(),
  run_id: Type.String(),
  l1_server: Type.String(),
  output_name: Type.String(),
  state: Type.String({ description: 'requested, registered or failed' }),
  requested_at: Type.String(),
  attempts: Type.Integer(),
  next_attempt_at: Type.Union([Type.String(), Type.Null()]),
  ended_at: Type.Union([Type.String(), Type.Null()]),
  problem: Type.Union([Type.Object({ code: Type.String(), detail: Type.String() }), Type.Null()]),
  asset: Type.Union([Asset, Type.Null()]),
  activity: Type.Unknown(),
});

/** What an answer may take beyond the wait itself. */
const MARGIN_MS = 4000;

/** `/registry/record-run`: what runs of L1s have made. */
export function recordRunRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, config } = context;
  return async (app) => {
    app.post(
      '/registry/record-run',
      {
        onRequest: authenticate(context, { admits: 'scoped' }),
        handlerTimeout: config.recordRunWaitMs + MARGIN_MS,
        schema: {
          summary: 'Register what a run of an L1 has made',
          security: LOGGED_IN,
          body: NewRun,
          response: {
            200: asText(Registration),
            202: asText(RunAnswer),
            '4xx': Problem,
            502: Problem,
            504: Problem,
          },
        },
      },
      async (request, reply) => {
        const principal = principalOf(request);
        const { run_id: runId, output_name: outputName, l1_server, callback_url } = request.body;
        const standing = await recordRun(
          {
            principal,
            runId,
            outputName,
            l1Server: l1_server ?? undefined,
            callbackUrl: callback_url ?? undefined,
            waitMs: isAsync(request) ? 0 : config.recordRunWaitMs,
            beforeWrite: () => useIdempotencyKey(request, principal.username, context),
          },
          context,
        );
        reply.type('application/json; charset=utf-8');
        const { run, asset, activity } = standing;
        if (asset && activity) return reply.send(presentRegistration(asset, activity));
        const location = `${config.publicUrl}/registry/record-run/${run.runKey}`;
        return reply.code(202).header('location', location).send(presentRun(standing));
      },
    );

    app.get(
      '/registry/record-run/:job',
      {
        onRequest: authenticate(context, { admits: 'scoped' }),
        schema: {
          summary: 'Where the registration of a run stands',
          security: LOGGED_IN,
          params: Type.Object({ job: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
          response: { 200: asText(RunAnswer), '4xx': Problem },
        },
      },
      async (request, reply) => {
        const standing = await findStanding(request.params.job, request);
        return reply.type('application/json; charset=utf-8').send(presentRun(standing));
      },
    );
  };

  async function findStanding(job: string, request: FastifyRequest): Promise<RunStanding> {
    const { username, role, token } = principalOf(request);
    const run = await store.runs.find(job);
    const isHis = run?.owner === username || role === 'operator';
    const isInScope = token.l1Server === undefined || token.l1Server === run?.l1Server;
    if (!run || !isHis || !isInScope)
      throw new AppError('not-found', 'You have no such wish to register a run.');
    return readStanding(run, 0, context);
  }
}
