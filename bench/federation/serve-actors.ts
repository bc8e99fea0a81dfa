import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Signer } from './signers.ts';

/** Serves the documents of actors at their origin, in the process that makes the load. */
export async function serveActors(
  signers: readonly Signer[],
  port: number,
): Promise<AsyncDisposable> {
  const documents = new Map(
    signers.map((signer) => [new URL(signer.actorIri).pathname, signer.document]),
  );
  const server = createServer((request, response) => {
    const document = documents.get(request.url ?? '');
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/activity+json' });
    response.end(document);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
