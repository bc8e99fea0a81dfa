import { ACTIVITY_JSON, LD_JSON_ACTIVITY } from '@artdag/activitypub';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sends an ActivityPub document, under whichever of its two media types the client names. */
export function sendActivityJson(request: FastifyRequest, reply: FastifyReply, text: string) {
  const accept = request.headers.accept ?? '';
  const namesLd = accept.includes('application/ld+json') && !accept.includes(ACTIVITY_JSON);
  return reply
    .header('vary', 'Accept')
    .type(namesLd ? LD_JSON_ACTIVITY : `${ACTIVITY_JSON}; charset=utf-8`)
    .send(text);
}
