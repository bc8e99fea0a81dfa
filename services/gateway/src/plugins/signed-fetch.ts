import { ACTIVITY_JSON } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionTokenOf } from '../auth/session-cookie.ts';
import type { GatewayContext } from '../context.ts';
import type { PeerKey } from '../inbox/peer-keys.ts';
import { authenticate } from './authentication.ts';

type Context = Pick<GatewayContext, 'config' | 'inbox' | 'tokens' | 'store' | 'now'>;

/**
 * A hook that, where the operator asks for it, lets only servers pass that sign their GET and are
 * not blocked, and users of ours with a token or a session. Else nobody's signature is looked at, so that a wrong
 * one does no harm.
 *
 * @see https://swicg.github.io/activitypub-http-signature/#authorized-fetch
 */
export function signedFetch(context: Context) {
  const letUserPass = authenticate(context);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!context.config.authorizedFetch) return;
    reply.header('cache-control', 'private');
    if (isFromUser(request)) await letUserPass(request);
    else await requireSigner(request, context);
  };
}

function isFromUser(request: FastifyRequest): boolean {
  return (
    /^Bearer /i.test(request.headers.authorization ?? '') || sessionTokenOf(request) !== undefined
  );
}

/** {@link signedFetch} for what others than peers ask for too: those who name no type of ActivityPub. */
export function signedActivityFetch(context: Context) {
  const hook = signedFetch(context);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const accept = request.headers.accept?.toLowerCase() ?? '';
    if (accept.includes(ACTIVITY_JSON) || accept.includes('application/ld+json'))
      await hook(request, reply);
  };
}

/**
 * The key that signs a GET.
 *
 * @throws AppError where there is none, it does not verify, or its host is blocked.
 */
export async function requireSigner(
  request: FastifyRequest,
  { config, inbox }: Pick<Context, 'config' | 'inbox'>,
): Promise<PeerKey> {
  const { origin } = new URL(config.publicUrl);
  const { method, originalUrl: target, headers, ip: address } = request;
  const verdict = await inbox.verifyFetch({ head: { method, target, origin, headers }, address });
  if (verdict.kind === 'verified') return verdict.signer;
  const { code, detail, retryAfter } = verdict;
  throw new AppError(code, detail, retryAfter === undefined ? {} : { retryAfter });
}
