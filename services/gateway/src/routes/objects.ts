import { AppError } from '@artdag/errors';
import { getMember, jsonObject, parseLosslessJson, stringifyLossless } from '@artdag/signatures';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { sendActivityJson } from '../presenters/send-activity-json.ts';
import { ContentHash, Problem } from './schemas.ts';

/** `/objects/{content_hash}`: what the owner of a hash said about it. */
export function objectRoutes({ store }: Pick<GatewayContext, 'store'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/objects/:contentHash',
      {
        schema: {
          summary: 'The object of the earliest verified Create of a content hash',
          params: Type.Object({ contentHash: ContentHash }),
          response: { 404: Problem },
        },
      },
      async (request, reply) => {
        const create = await store.activities.findEarliestCreate(request.params.contentHash);
        if (!create) throw new AppError('not-found', 'No signed claim has this content hash.');
        return sendActivityJson(request, reply, objectText(create.text));
      },
    );
  };
}

/** The object as it was signed, with the context that it has in its activity. */
function objectText(activityText: string): string {
  const activity = parseLosslessJson(activityText);
  const context = getMember(activity, '@context');
  const object = getMember(activity, 'object');
  if (!context || object?.kind !== 'object')
    throw new AppError('not-found', 'The claim has no object.');
  return stringifyLossless(jsonObject([['@context', context], ...object.entries]));
}
