import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Role, waitFor } from '@artdag/testing';

/** A load balancer before gateways. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
  /** Sends this gateway nothing more until `admit`; ends when it has learned of all it was sent. */
  expel(gateway: Role): Promise<void>;
  /** Sends it requests again; ends once it has said that it is ready. */
  admit(gateway: Role): Promise<void>;
}

const ASK_EVERY_MS = 250;
/** What was sent before is in the gateway's hands after this: the manifests give it 5 s. */
const HAND_OVER_MS = 500;

/**
 * Passes each request on to the next of the gateways that said lately that they are ready. It tries
 * nothing twice: where a gateway breaks off, the client gets 502.
 */
export async function startBalancer(gateways: readonly Role[]): Promise<Balancer> {
  const ready = new Set<Role>(gateways);
  const expelled = new Set<Role>();
  const stop = new AbortController();
  let turn = 0;

  async function watch(gateway: Role) {
    while (!stop.signal.aborted) {
      if (await gateway.isReady()) ready.add(gateway);
      else ready.delete(gateway);
      await delay(ASK_EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  }

  function choose(): Role | undefined {
    const usable = gateways.filter((gateway) => ready.has(gateway) && !expelled.has(gateway));
    return usable[turn++ % usable.length];
  }

  const server = createServer((incoming, outgoing) => {
    const gateway = choose();
    if (gateway) passOn(incoming, outgoing, gateway.url);
    else outgoing.writeHead(502, CLOSE).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no TCP address');
  const watching = gateways.map(watch);
  return {
    url: `http://127.0.0.1:${address.port}`,
    async expel(gateway) {
      expelled.add(gateway);
      await delay(HAND_OVER_MS);
    },
    async admit(gateway) {
      await waitFor(`${gateway.name} is ready`, gateway.isReady);
      ready.add(gateway);
      expelled.delete(gateway);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      server.closeAllConnections();
      server.close();
      await Promise.all(watching);
    },
  };
}

/** A connection serves one request, so that none is sent while its other end closes it. */
const CLOSE = { connection: 'close' };

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, url: string): void {
  const { method } = incoming;
  const headers = { ...incoming.headers, ...CLOSE };
  const target = new URL(incoming.url ?? '/', url);
  const sent = request(target, { method, headers, agent: false }, (answer) => {
    const { 'keep-alive': _hint, ...answered } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, { ...answered, ...CLOSE });
    answer.pipe(outgoing);
  });
  sent.once('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502, { ...CLOSE, 'content-type': 'application/json' }).end('{}');
  });
  incoming.pipe(sent);
}
