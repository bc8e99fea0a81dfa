import { AppError } from '@artdag/errors';
import { counterIn, type Registry } from '@artdag/runtime';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../config.ts';
import type { Inbox } from '../inbox/create-inbox.ts';
import type { InboxOutcome, InboxRefusal } from '../inbox/inbox-outcome.ts';
import { MAX_ACTIVITY_BYTES } from '../inbox/receive-activity.ts';

/** What the routes of inboxes work with. */
export interface InboxRoutesContext {
  readonly inbox: Inbox;
  readonly config: Pick<GatewayConfig, 'publicUrl'>;
  readonly metrics: Registry;
}

/**
 * `POST /inbox` and `POST /users/{username}/inbox`: what peers tell us.
 *
 * Bodies stay bytes, as digests cover them, and a 202 has none: peers do not read it.
 */
export function inboxRoutes({ inbox, config, metrics }: InboxRoutesContext): FastifyPluginAsync {
  const { origin } = new URL(config.publicUrl);
  const posts = counterIn(metrics, 'artdag_inbox_posts_total');

  async function take(request: FastifyRequest, reply: FastifyReply, username: string | null) {
    const { headers } = request;
    const outcome = await inbox.receive({
      username,
      contentType: headers['content-type'],
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      head: { method: request.method, target: request.originalUrl, origin, headers },
      address: request.ip,
    });
    posts.inc({ outcome: outcome.kind, reason: reasonOf(outcome) });
    if (outcome.kind === 'refused') throw toError(outcome);
    return reply.code(202).send();
  }

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MAX_ACTIVITY_BYTES },
      (_request, body, done) => done(null, body),
    );
    // The body was not read to its end, so the decision does not hear of it.
    app.addHook('onError', async (_request, _reply, error) => {
      if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return;
      posts.inc({ outcome: 'refused', reason: 'body-too-large' satisfies InboxRefusal });
    });
    app.post('/inbox', { schema: { summary: 'Post an activity to all users here' } }, (...args) =>
      take(...args, null),
    );
    app.post<{ Params: { username: string } }>(
      '/users/:username/inbox',
      { schema: { summary: 'Post an activity to a user' } },
      (request, reply) => take(request, reply, request.params.username),
    );
  };
}

function reasonOf(outcome: InboxOutcome): string {
  return outcome.kind === 'refused' ? outcome.reason : 'none';
}

function toError({ code, detail, retryAfter }: InboxOutcome & { kind: 'refused' }): AppError {
  return new AppError(code, detail, retryAfter === undefined ? {} : { retryAfter });
}
