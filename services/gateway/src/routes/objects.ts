import { buildTombstone } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { formatPublished } from '@artdag/registry';
import { createBriefCache } from '@artdag/runtime';
import type { ReactionCounts } from '@artdag/store';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { chooseForm } from '../choose-form.ts';
import { findObject, requireStandingClaim } from '../commands/find-object.ts';
import type { GatewayContext } from '../context.ts';
import { renderObjectPage } from '../pages/object-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { signedActivityFetch } from '../plugins/signed-fetch.ts';
import { presentObject, presentReactions } from '../presenters/present-object.ts';
import { sendActivityJson } from '../presenters/send-activity-json.ts';
import { asText, ContentHash, Problem } from './schemas.ts';

const Params = Type.Object({ contentHash: ContentHash });
const Tombstone = Type.Object({ type: Type.Literal('Tombstone'), id: Type.String() });
const MAX_CLAIMS = 200;
const CONTEXT = 'https://www.w3.org/ns/activitystreams';

/** `/objects/{content_hash}`: what the owner of a hash said about it, and who liked and shared it. */
export function objectRoutes(
  context: Pick<GatewayContext, 'config' | 'inbox' | 'tokens' | 'store' | 'iris' | 'now'>,
): FastifyPluginAsyncTypebox {
  const { store, iris } = context;
  const setting = createPageSetting(context.config);
  const reactions = createBriefCache<ReactionCounts>((iri) => store.reactions.counts(iri), {
    ttlMs: 1000,
    maxEntries: 10_000,
  });
  return async (app) => {
    app.get(
      '/objects/:contentHash',
      {
        onRequest: signedActivityFetch(context),
        schema: {
          summary: 'The object of the earliest verified Create of a content hash',
          params: Params,
          response: { 404: Problem, 410: asText(Tombstone) },
        },
      },
      async (request, reply) => {
        const { contentHash } = request.params;
        if (chooseForm(request, ['activity', 'html']) === 'html') {
          const [found, claims, counts] = await Promise.all([
            findObject(contentHash, store),
            store.activities.listClaims(contentHash, MAX_CLAIMS),
            reactions.get(iris.object(contentHash)),
          ]);
          if (found.kind === 'unknown') throw unknownHash();
          if (found.kind === 'withdrawn') reply.code(410);
          return reply.sendPage(renderObjectPage({ contentHash, claims, ...counts }, setting));
        }
        const [found, counts] = await Promise.all([
          findObject(contentHash, store),
          reactions.get(iris.object(contentHash)),
        ]);
        switch (found.kind) {
          case 'claimed': {
            const text = presentObject(
              found.create.text,
              presentReactions(contentHash, counts, iris),
            );
            reply.header('link', `<${iris.activity(found.create.activityId)}>; rel="via"`);
            return sendActivityJson(request, reply, text);
          }
          case 'withdrawn': {
            const id = iris.object(contentHash);
            const tombstone = buildTombstone({ id, deleted: formatPublished(found.at) });
            const text = JSON.stringify({ '@context': CONTEXT, ...tombstone });
            return sendActivityJson(request, reply.code(410), text);
          }
          case 'unknown':
            throw unknownHash();
        }
      },
    );

    for (const name of ['likes', 'shares'] as const) {
      app.get(
        `/objects/:contentHash/${name}`,
        {
          onRequest: signedActivityFetch(context),
          schema: {
            summary: `How many ${name} an object has`,
            params: Params,
            response: { 404: Problem, 410: Problem },
          },
        },
        async (request, reply) => {
          const { contentHash } = request.params;
          const [counts] = await Promise.all([
            reactions.get(iris.object(contentHash)),
            requireStandingClaim(contentHash, store),
          ]);
          const collection = presentReactions(contentHash, counts, iris)[name];
          const text = JSON.stringify({ '@context': CONTEXT, ...collection });
          return sendActivityJson(request, reply, text);
        },
      );
    }
  };
}

function unknownHash(): AppError {
  return new AppError('not-found', 'No signed claim has this content hash.');
}
