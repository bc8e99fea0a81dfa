import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A delivery as it came to a host. */
export interface SinkPost {
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: Date;
  /** Whether the host has sent a 2xx, heard or not. */
  isTaken: boolean;
}

/** What a host does with a post. */
export type SinkBehaviour = (response: ServerResponse, post: SinkPost) => void;

/** Peers in this process: every address of 127.0.1.0/24 is a host of its own. */
export interface SinkHosts extends AsyncDisposable {
  /** Host and port of each. */
  readonly hosts: readonly string[];
  readonly inboxes: readonly string[];
  /** All that has come, in order. */
  readonly posts: readonly SinkPost[];
  /** How many posts wait for their answer now. */
  inFlight(): number;
  /** Lets these hosts, or all, behave in this way from here on. */
  behave(behaviour: SinkBehaviour, hosts?: readonly string[]): void;
}

/** Takes the post. */
export const take: SinkBehaviour = (response, post) => {
  post.isTaken = true;
  response.writeHead(202).end();
};

/** Starts `count` hosts that take everything. */
export async function startSinkHosts(count: number): Promise<SinkHosts> {
  const posts: SinkPost[] = [];
  const behaviours = new Map<string, SinkBehaviour>();
  let inFlight = 0;
  const server = createServer(async (request, response) => {
    const { url: path = '', headers } = request;
    const host = headers.host ?? '';
    if (request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    inFlight += 1;
    response.once('close', () => {
      inFlight -= 1;
    });
    const body = await buffer(request).catch(() => undefined);
    if (!body) return;
    const post = { host, path, headers, body: body.toString(), at: new Date(), isTaken: false };
    posts.push(post);
    (behaviours.get(host) ?? take)(response, post);
  });
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no TCP address');
  const hosts = Array.from(
    { length: count },
    (_, number) => `127.0.1.${number + 1}:${address.port}`,
  );
  return {
    hosts,
    inboxes: hosts.map(inboxOf),
    posts,
    inFlight: () => inFlight,
    behave(behaviour, chosen = hosts) {
      for (const host of chosen) behaviours.set(host, behaviour);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The one inbox of a host. */
export const inboxOf = (host: string) => `http://${host}/inbox`;
