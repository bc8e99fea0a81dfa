import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { findActor } from '../commands/find-actor.ts';
import { followActor, unfollowActor } from '../commands/follow-actor.ts';
import { shareObject, unshareObject } from '../commands/share-object.ts';
import { updateProfile } from '../commands/update-profile.ts';
import { useIdempotencyKey } from '../commands/use-idempotency-key.ts';
import type { GatewayContext } from '../context.ts';
import { authenticate, requireSelf } from '../plugins/authentication.ts';
import { sendPublication } from '../presenters/send-publication.ts';
import { readWaitMs } from './read-wait.ts';
import { asText, LOGGED_IN, Problem, Publication, UserParams } from './schemas.ts';

const ActorBody = Type.Object({
  actor: Type.String({
    minLength: 1,
    maxLength: 1024,
    description: '@user@host, or the address of an actor',
  }),
});
const ObjectBody = Type.Object({
  object: Type.String({ minLength: 1, maxLength: 2048, description: 'The address of an object' }),
});
const ProfileBody = Type.Object({
  display_name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  summary: Type.Optional(
    Type.Union([Type.String({ maxLength: 4096 }), Type.Null()], { description: 'Plain text' }),
  ),
});

const FOLLOWS = [
  { path: 'follow', summary: 'Follow an actor', command: followActor },
  { path: 'unfollow', summary: 'Follow an actor no longer', command: unfollowActor },
] as const;

const SHARES = [
  { path: 'share', summary: "Share another's work with your followers", command: shareObject },
  { path: 'unshare', summary: 'Take a share back', command: unshareObject },
] as const;

/** `/users/{username}/…`: what a user does as an actor. Each act is an activity that he signs. */
export function userActRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const response = { 200: asText(Publication), 202: asText(Publication), '4xx': Problem };
  const shared = { params: UserParams, security: LOGGED_IN, response };
  return async (app) => {
    app.addHook('onRequest', authenticate(context));

    for (const { path, summary, command } of FOLLOWS) {
      app.post(
        `/users/:username/${path}`,
        { schema: { summary, ...shared, body: ActorBody } },
        async (request, reply) => {
          const { username } = requireSelf(request, request.params.username);
          const actorIri = await findActor(request.body.actor, context);
          await useIdempotencyKey(request, username, context);
          const wish = { username, actorIri, waitMs: readWaitMs(request) };
          return sendPublication(reply, await command(wish, context), context);
        },
      );
    }

    for (const { path, summary, command } of SHARES) {
      app.post(
        `/users/:username/${path}`,
        { schema: { summary, ...shared, body: ObjectBody } },
        async (request, reply) => {
          const { username } = requireSelf(request, request.params.username);
          await useIdempotencyKey(request, username, context);
          const wish = { username, objectIri: request.body.object, waitMs: readWaitMs(request) };
          return sendPublication(reply, await command(wish, context), context);
        },
      );
    }

    app.patch(
      '/users/:username',
      { schema: { summary: 'Change your actor', ...shared, body: ProfileBody } },
      async (request, reply) => {
        const { username } = requireSelf(request, request.params.username);
        await useIdempotencyKey(request, username, context);
        const { display_name: displayName, summary } = request.body;
        const wish = {
          username,
          displayName,
          summary: summary === null ? '' : summary,
          waitMs: readWaitMs(request),
        };
        return sendPublication(reply, await updateProfile(wish, context), context);
      },
    );
  };
}
