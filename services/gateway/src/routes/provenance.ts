import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { findProvenance } from '../commands/find-provenance.ts';
import type { GatewayContext } from '../context.ts';
import { presentProvenance } from '../presenters/present-provenance.ts';
import { Problem } from './schemas.ts';

const DEFAULT_DEPTH = 5;
const MAX_DEPTH = 20;

const Query = Type.Object({
  depth: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,2}$',
      description: `Runs to go back, 0 to ${MAX_DEPTH}; ${DEFAULT_DEPTH} where it is not said`,
    }),
  ),
});

const Records = (description: string) =>
  Type.Record(Type.String(), Type.Object({}, { additionalProperties: true }), { description });

const Provenance = Type.Object(
  {
    root: Type.String({ description: 'Id of the entity that was asked about' }),
    depth: Type.Integer(),
    truncated: Type.Boolean({ description: 'Whether there is more than depth and size let in' }),
    prefix: Type.Record(Type.String(), Type.String()),
    entity: Records('Contents, by hash'),
    activity: Records('Runs'),
    agent: Records('Users, and L1 servers'),
    wasGeneratedBy: Records('Which run made a content'),
    used: Records('What went into a run'),
    wasAttributedTo: Records('Who owns a content, and who else claims it'),
    wasAssociatedWith: Records('Which L1 ran a run'),
  },
  { description: 'PROV-JSON' },
);

/** `/registry/{name}/provenance`: what an asset was made of. */
export function provenanceRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/registry/:name/provenance',
      {
        schema: {
          summary: 'The graph from an asset over runs to their inputs and owners, as PROV-JSON',
          params: Type.Object({ name: Type.String() }),
          querystring: Query,
          response: { 200: Provenance, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const depth = readDepth(request.query.depth);
        const found = await findProvenance(request.params.name, depth, context);
        const answer = presentProvenance(found, depth, context.iris);
        return reply
          .type('application/json; charset=utf-8')
          .serializer(JSON.stringify)
          .send(answer);
      },
    );
  };
}

function readDepth(text: string | undefined): number {
  const depth = text === undefined ? DEFAULT_DEPTH : Number(text);
  if (depth <= MAX_DEPTH) return depth;
  throw new AppError('validation-failed', `querystring/depth must be at most ${MAX_DEPTH}.`);
}
