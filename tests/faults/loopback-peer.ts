import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { signCavage } from '@artdag/signatures';
import { type PostAnswer, type SignedPost, sendPost } from './send-post.ts';

/** An activity of an actor of a peer. */
export interface PeerActivity {
  readonly id: string;
  readonly type: string;
  readonly actor: string;
  readonly object: unknown;
}

/** A server on loopback, on which everybody has an account and signs by draft-cavage-12. */
export interface LoopbackPeer extends AsyncDisposable {
  /** Host and port. */
  readonly host: string;
  readonly actorIri: string;
  /** What has come to its inboxes. */
  readonly received: readonly Record<string, unknown>[];
  /** Paths that were asked for, answered or not. */
  readonly fetched: readonly string[];
  /** A new activity of its actor, or of another of its actors. */
  activity(type: string, object: unknown, username?: string): PeerActivity;
  /** Signs an activity for an inbox with the key that its actor has now. */
  sign(inbox: string, activity: PeerActivity): Promise<SignedPost>;
  /** Signs and posts an activity, and gives the status of the answer. */
  post(inbox: string, activity: PeerActivity): Promise<PostAnswer['status']>;
  /** Gives all actors a new key under the id of the old one. */
  rotateKey(): void;
  /** From here on it breaks every connection, or answers again. */
  setDown(isDown: boolean): void;
}

const CONTENT_TYPE = 'application/activity+json';
const USER = 'ann';

/** Starts a peer. */
export async function startLoopbackPeer(): Promise<LoopbackPeer> {
  let keys = createKeys();
  let isDown = false;
  let count = 0;
  const received: Record<string, unknown>[] = [];
  const fetched: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    if (request.method === 'GET') fetched.push(path);
    if (isDown) {
      request.socket.resetAndDestroy();
      return;
    }
    if (request.method === 'POST') {
      received.push(JSON.parse((await buffer(request)).toString()));
      response.writeHead(202).end();
      return;
    }
    const isActor = /^\/users\/\w+$/.test(path);
    response.writeHead(isActor ? 200 : 404, { 'content-type': CONTENT_TYPE });
    response.end(isActor ? buildActor(`${origin}${path}`, keys.publicKey) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no TCP address');
  const host = `127.0.0.1:${address.port}`;
  const origin = `http://${host}`;

  const signPost = async (inbox: string, activity: PeerActivity): Promise<SignedPost> => {
    const body = Buffer.from(JSON.stringify(activity));
    const { privateKey } = keys;
    const headers = await signCavage(
      {
        method: 'POST',
        url: inbox,
        body,
        contentType: CONTENT_TYPE,
        keyId: keyIdOf(activity.actor),
        keyType: 'rsa',
        time: new Date(),
      },
      async (bytes) => sign('sha256', bytes, privateKey),
    );
    return { inbox, body, headers: { ...headers, 'content-type': CONTENT_TYPE } };
  };

  return {
    host,
    actorIri: `${origin}/users/${USER}`,
    received,
    fetched,
    activity(type, object, username = USER) {
      count += 1;
      const id = `${origin}/activities/${count}`;
      const actor = `${origin}/users/${username}`;
      const context = 'https://www.w3.org/ns/activitystreams';
      return { '@context': context, id, type, actor, object } as const;
    },
    sign: signPost,
    async post(inbox, activity) {
      const { status } = await sendPost(await signPost(inbox, activity), new URL(inbox).origin);
      return status;
    },
    rotateKey() {
      keys = createKeys();
    },
    setDown(wanted) {
      isDown = wanted;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const createKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const keyIdOf = (actorIri: string) => `${actorIri}#main-key`;

function buildActor(id: string, publicKey: KeyObject): string {
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' });
  return JSON.stringify({
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
    type: 'Person',
    id,
    preferredUsername: id.slice(id.lastIndexOf('/') + 1),
    inbox: `${id}/inbox`,
    publicKey: { id: keyIdOf(id), owner: id, publicKeyPem },
  });
}
