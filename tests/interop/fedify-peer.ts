import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  createFederation,
  generateCryptoKeyPair,
  type HttpMessageSignaturesSpec,
  InProcessMessageQueue,
  MemoryKvStore,
} from '@fedify/fedify';
import { Accept, Activity, Endpoints, Follow, Person } from '@fedify/vocab';

/** A server of Fedify's own making on loopback, with one actor. */
export interface FedifyPeer extends AsyncDisposable {
  /** Host and port. */
  readonly host: string;
  readonly actorIri: string;
  readonly handle: string;
  /** What has come to its inboxes and was verified, in order. */
  readonly received: readonly Activity[];
  /** How what was posted was signed, and how it answered. */
  readonly posts: readonly SignedPost[];
  /** Sends an activity of its actor to an inbox. */
  send(activity: Activity, inbox: { readonly id: string; readonly inbox: string }): Promise<void>;
  /** An IRI on this peer. */
  iri(path: string): URL;
}

/** A post to an inbox, as far as its signature goes. */
export interface SignedPost {
  readonly form: 'rfc9421' | 'cavage';
  readonly keyId: string;
  readonly status: number;
}

/** How a peer behaves. */
export interface FedifyPeerOptions {
  /** Form of HTTP signatures that it tries first. */
  readonly firstKnock: HttpMessageSignaturesSpec;
  /** What its actor says of his server, as FEP-844e has it; Fedify itself says nothing. */
  readonly capabilities?: readonly string[];
}

const USER = 'bob';

/** Starts a peer. It accepts every Follow, and keeps every other activity that it is sent. */
export async function startFedifyPeer({
  firstKnock,
  capabilities,
}: FedifyPeerOptions): Promise<FedifyPeer> {
  const received: Activity[] = [];
  const posts: SignedPost[] = [];
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const stop = new AbortController();
  const federation = createFederation<void>({
    kv: new MemoryKvStore(),
    queue: new InProcessMessageQueue({ pollInterval: { milliseconds: 50 } }),
    manuallyStartQueue: true,
    allowPrivateAddress: true,
    origin,
    firstKnock,
  });
  const keyPairs = [
    await generateCryptoKeyPair('RSASSA-PKCS1-v1_5'),
    await generateCryptoKeyPair('Ed25519'),
  ];

  federation
    .setActorDispatcher('/users/{identifier}', async (context, identifier) => {
      if (identifier !== USER) return null;
      const keys = await context.getActorKeyPairs(identifier);
      return new Person({
        id: context.getActorUri(identifier),
        preferredUsername: identifier,
        name: 'Bob',
        inbox: context.getInboxUri(identifier),
        endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
        publicKeys: keys.map((key) => key.cryptographicKey),
        assertionMethods: keys.map((key) => key.multikey),
      });
    })
    .setKeyPairsDispatcher(async () => keyPairs);

  federation
    .setInboxListeners('/users/{identifier}/inbox', '/inbox')
    .on(Follow, async (context, follow) => {
      received.push(follow);
      const follower = await follow.getActor(context);
      if (!follower) return;
      const accept = new Accept({
        id: new URL(`/accepts/${received.length}`, origin),
        actor: context.getActorUri(USER),
        object: follow,
      });
      await context.sendActivity({ identifier: USER }, follower, accept);
    })
    .on(Activity, async (_, activity) => {
      received.push(activity);
    });

  server.on('request', async (incoming, outgoing) => {
    const response = await federation.fetch(await toRequest(incoming, origin), {
      contextData: undefined,
    });
    if (incoming.method === 'POST') posts.push(readPost(incoming, response.status));
    const body = Buffer.from(await response.arrayBuffer());
    const isActor = incoming.url === `/users/${USER}` && response.status === 200;
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(isActor && capabilities ? declare(capabilities, body) : body);
  });
  const queue = federation.startQueue(undefined, { signal: stop.signal });

  return {
    host: `127.0.0.1:${port}`,
    actorIri: `${origin}/users/${USER}`,
    handle: `@${USER}@127.0.0.1:${port}`,
    received,
    posts,
    iri: (path) => new URL(path, origin),
    async send(activity, { id, inbox }) {
      const context = federation.createContext(new URL(origin));
      const recipient = { id: new URL(id), inboxId: new URL(inbox) };
      await context.sendActivity({ identifier: USER }, recipient, activity, { immediate: true });
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await queue;
      server.closeAllConnections();
      server.close();
    },
  };
}

function readPost({ headers }: IncomingMessage, status: number): SignedPost {
  const input = headers['signature-input'];
  const [, keyId = ''] = /keyid="([^"]+)"/i.exec(String(input ?? headers['signature'])) ?? [];
  return { form: input === undefined ? 'cavage' : 'rfc9421', keyId, status };
}

function declare(capabilities: readonly string[], actor: Buffer): string {
  const list = capabilities.map((href) => ({ href }));
  return JSON.stringify({
    ...JSON.parse(actor.toString()),
    generator: { type: 'Application', implements: list },
  });
}

async function toRequest(incoming: IncomingMessage, origin: string): Promise<Request> {
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const body = hasBody ? new Uint8Array(await buffer(incoming)) : null;
  return new Request(new URL(incoming.url ?? '/', origin), { method, headers, body });
}
