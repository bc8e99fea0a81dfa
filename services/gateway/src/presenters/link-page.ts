import type { FastifyReply } from 'fastify';

/** Says of a document that there is a page of the same, at the same address. */
export function linkPage(reply: FastifyReply): FastifyReply {
  const { pathname } = new URL(reply.request.originalUrl, 'http://here.invalid');
  return reply
    .header('vary', 'Accept')
    .header('link', `<${pathname}?format=html>; rel="alternate"; type="text/html"`);
}
