import { Readable } from 'node:stream';
import { AppError } from '@artdag/errors';
import { ASSET_LIMITS } from '@artdag/registry';
import { counterIn } from '@artdag/runtime';
import { getMember, type JsonNode, stringifyLossless } from '@artdag/signatures';
import { type AssetFilter, decodeCursor, encodeCursor } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { chooseForm } from '../choose-form.ts';
import { findShownProvenance } from '../commands/find-shown-provenance.ts';
import { readWork } from '../commands/read-work.ts';
import { registerAsset } from '../commands/register-asset.ts';
import { useIdempotencyKey } from '../commands/use-idempotency-key.ts';
import { withdrawAsset } from '../commands/withdraw-asset.ts';
import type { GatewayContext } from '../context.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { renderWorkPage } from '../pages/work/work-page.ts';
import { authenticate, principalOf } from '../plugins/authentication.ts';
import { linkPage } from '../presenters/link-page.ts';
import {
  presentAsset,
  presentAssetDetail,
  presentRegistration,
} from '../presenters/present-asset.ts';
import { streamRegistry } from '../presenters/stream-registry.ts';
import { ListQuery, readLimit } from './list-query.ts';
import { readWaitMs } from './read-wait.ts';
import { Asset, asText, LOGGED_IN, NewAsset, Problem, Registration } from './schemas.ts';

const RegistryQuery = Type.Object({
  ...ListQuery.properties,
  type: Type.Optional(Type.String({ maxLength: ASSET_LIMITS.assetType })),
  tag: Type.Optional(Type.String({ maxLength: ASSET_LIMITS.tag })),
  owner: Type.Optional(Type.String({ maxLength: 64 })),
  state: Type.Optional(
    Type.Enum(['pending', 'signed', 'failed', 'withdrawn', 'unsigned'], {
      description: 'Where the claim stands',
    }),
  ),
  q: Type.Optional(
    Type.String({ maxLength: 128, pattern: '^[^\\u0000]*$', description: 'A part of the name' }),
  ),
});

const Registry = Type.Object({
  version: Type.String(),
  assets: Type.Record(Type.String(), Asset),
  next: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

const OUTCOMES: ReadonlyMap<number, string> = new Map([
  [200, 'signed'],
  [202, 'pending'],
]);
const STREAM_TIMEOUT_MS = 3_600_000;

/** `/registry`: the assets. */
export function registryRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { store, iris, metrics } = context;
  const setting = createPageSetting(context.config);
  const registrations = counterIn(metrics, 'artdag_registrations_total');
  return async (app) => {
    app.post(
      '/registry',
      {
        onResponse: async (_request, { statusCode }) => {
          registrations.inc({ outcome: OUTCOMES.get(statusCode) ?? 'refused' });
        },
        onRequest: authenticate(context),
        schema: {
          summary: 'Register an asset and sign the claim',
          security: LOGGED_IN,
          body: NewAsset,
          response: { 200: asText(Registration), 202: asText(Registration), '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { username } = principalOf(request);
        const { asset, activity } = await registerAsset(
          {
            owner: username,
            asset: readNewAsset(request.body, request),
            waitMs: readWaitMs(request),
            beforeWrite: () => useIdempotencyKey(request, username, context),
          },
          context,
        );
        if (!activity) reply.code(202).header('location', iris.registryEntry(asset.name));
        return reply
          .type('application/json; charset=utf-8')
          .send(presentRegistration(asset, activity));
      },
    );

    app.get(
      '/registry',
      {
        // A large registry takes as long as its reader does.
        handlerTimeout: STREAM_TIMEOUT_MS,
        schema: {
          summary: 'The registry: whole, or a page of it',
          querystring: RegistryQuery,
          response: {
            200: asText(Registry),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...query } = request.query;
        const filter = readFilter(query);
        reply.type('application/json; charset=utf-8');
        if (limit === undefined && cursor === undefined) {
          return reply.send(Readable.from(streamRegistry(store.assets.stream(filter))));
        }
        return reply.send(await presentPage(filter, cursor, readLimit(limit), context));
      },
    );

    app.get(
      '/registry/:name',
      {
        schema: {
          summary: 'One asset with its owner',
          params: Type.Object({ name: Type.String() }),
          response: { 200: asText(Asset), 404: Problem },
        },
      },
      async (request, reply) => {
        const { name } = request.params;
        if (chooseForm(request, ['json', 'html']) === 'html') {
          const [work, provenance] = await Promise.all([
            readWork(name, context),
            findShownProvenance(name, context),
          ]);
          const showsActivities = !context.config.authorizedFetch;
          return reply.sendPage(renderWorkPage({ ...work, provenance, showsActivities }, setting));
        }
        const asset = await store.assets.find(name);
        if (!asset) throw new AppError('not-found', 'No asset has this name.');
        const counts = await store.reactions.counts(iris.object(asset.contentHash));
        return linkPage(reply)
          .type('application/json; charset=utf-8')
          .send(presentAssetDetail(asset, counts));
      },
    );

    app.delete(
      '/registry/:name',
      {
        onRequest: authenticate(context),
        schema: {
          summary: 'Withdraw the claim of an asset; its name stays taken',
          security: LOGGED_IN,
          params: Type.Object({ name: Type.String() }),
          response: { 200: asText(Registration), 202: asText(Registration), '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { username } = principalOf(request);
        await useIdempotencyKey(request, username, context);
        const { name } = request.params;
        const wish = { username, name, waitMs: readWaitMs(request) };
        const { asset, activityId, activity } = await withdrawAsset(wish, context);
        if (!activity) reply.code(202).header('location', iris.activity(activityId));
        return reply
          .type('application/json; charset=utf-8')
          .send(presentRegistration(asset, activity));
      },
    );
  };
}

function readNewAsset(body: Static<typeof NewAsset>, request: FastifyRequest) {
  return {
    name: body.name,
    contentHash: body.content_hash,
    assetType: body.asset_type,
    tags: body.tags ?? [],
    metadata: readMetadata(request.jsonNode),
    ...(body.url != null && { url: body.url }),
  };
}

/** Metadata as text, so that `30.0` stays what it is. */
function readMetadata(body: JsonNode | undefined): string {
  const metadata = getMember(body, 'metadata');
  return metadata?.kind === 'object' ? stringifyLossless(metadata) : '{}';
}

function readFilter(query: Omit<Static<typeof RegistryQuery>, 'limit' | 'cursor'>): AssetFilter {
  return {
    ...(query.type !== undefined && { assetType: query.type }),
    ...(query.tag !== undefined && { tag: query.tag }),
    ...(query.owner !== undefined && { owner: query.owner }),
    ...(query.state !== undefined && { state: query.state }),
    ...(query.q !== undefined && { nameContains: query.q }),
  };
}

async function presentPage(
  filter: AssetFilter,
  cursor: string | undefined,
  limit: number,
  { store }: Pick<GatewayContext, 'store'>,
): Promise<string> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  if (cursor !== undefined && !after) {
    throw new AppError(
      'validation-failed',
      'querystring/cursor is not one that this server gave out.',
    );
  }
  const found = await store.assets.page(filter, after, limit + 1);
  const assets = found.slice(0, limit);
  const last = found.length > limit ? assets.at(-1) : undefined;
  const next = last && encodeCursor({ at: last.registeredAt, id: last.name });
  const members = assets.map((asset) => `${JSON.stringify(asset.name)}:${presentAsset(asset)}`);
  return `{"version":"1.0","assets":{${members.join(',')}},"next":${JSON.stringify(next ?? null)}}`;
}
