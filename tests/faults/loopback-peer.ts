import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { signCavage } from '@artdag/signatures';

/** A server on loopback with one actor, who signs by draft-cavage-12. */
export interface LoopbackPeer extends AsyncDisposable {
  /** Host and port. */
  readonly host: string;
  readonly actorIri: string;
  /** What has come to its inbox. */
  readonly received: readonly Record<string, unknown>[];
  /** Paths that were fetched. */
  readonly fetched: readonly string[];
  /** A new activity of its actor. */
  activity(type: string, object: unknown): { id: string; type: string; object: unknown };
  /** Posts an activity, and gives the status of the answer. */
  post(inbox: string, activity: object): Promise<number>;
}

const CONTENT_TYPE = 'application/activity+json';

/** Starts a peer. */
export async function startLoopbackPeer(): Promise<LoopbackPeer> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const received: Record<string, unknown>[] = [];
  const fetched: string[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      received.push(JSON.parse((await buffer(request)).toString()));
      response.writeHead(202).end();
      return;
    }
    fetched.push(request.url ?? '');
    const isActor = request.url === '/users/ann';
    response.writeHead(isActor ? 200 : 404, { 'content-type': CONTENT_TYPE });
    response.end(isActor ? JSON.stringify(actor) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no TCP address');
  const host = `127.0.0.1:${address.port}`;
  const origin = `http://${host}`;
  const actorIri = `${origin}/users/ann`;
  const keyId = `${actorIri}#main-key`;
  const publicKeyPem = keys.publicKey.export({ type: 'spki', format: 'pem' });
  const actor = {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
    type: 'Person',
    id: actorIri,
    preferredUsername: 'ann',
    inbox: `${actorIri}/inbox`,
    publicKey: { id: keyId, owner: actorIri, publicKeyPem },
  };
  let count = 0;

  return {
    host,
    actorIri,
    received,
    fetched,
    activity(type, object) {
      count += 1;
      const id = `${origin}/activities/${count}`;
      const context = 'https://www.w3.org/ns/activitystreams';
      return { '@context': context, id, type, actor: actorIri, object } as const;
    },
    async post(inbox, activity) {
      const body = Buffer.from(JSON.stringify(activity));
      const request = { method: 'POST', url: inbox, body, contentType: CONTENT_TYPE, keyId };
      const { host: _host, ...headers } = await signCavage(
        { ...request, keyType: 'rsa', time: new Date() },
        async (bytes) => sign('sha256', bytes, keys.privateKey),
      );
      const response = await fetch(inbox, {
        method: 'POST',
        headers: { ...headers, 'content-type': CONTENT_TYPE },
        body,
      });
      await response.arrayBuffer();
      return response.status;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
