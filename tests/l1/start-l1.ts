import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { MISBEHAVIOURS } from './misbehaviours.ts';
import { runShapes } from './run-shapes.ts';

/** Something that an L1 was told, and has taken. */
export interface Told {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What an L1 does with a request; `answer` is what it does when it is well. */
export type L1Behaviour = (response: ServerResponse, answer: () => void) => void;

/** A small L1 in this process. */
export interface L1 extends AsyncDisposable {
  readonly port: number;
  /** Its base URL. */
  readonly url: string;
  /** How often each run was asked for. */
  readonly asked: ReadonlyMap<string, number>;
  /** All that it has taken, in order. */
  readonly told: readonly Told[];
  /** From here on it behaves in this way when it is asked, and when it is told something. */
  behave(asked: L1Behaviour, told?: L1Behaviour): void;
  /** Breaks its connections and listens no more. */
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
}

/** Answers as it should. */
export const answerWell: L1Behaviour = (_response, answer) => answer();

/**
 * Starts an L1 on a port of the loopback interface. What it answers to `GET /runs/{id}` is in the id:
 * `done.HASH`, `later.N.HASH` (finished at the Nth question), `shape.NAME`, or the name of a
 * misbehaviour. It takes every POST.
 */
export async function startL1(port = 0): Promise<L1> {
  const asked = new Map<string, number>();
  const told: Told[] = [];
  let whenAsked = answerWell;
  let whenTold = answerWell;

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    if (request.method === 'POST') {
      const news = { path, headers: request.headers, body: await text(request) };
      whenTold(response, () => {
        told.push(news);
        response.writeHead(204).end();
      });
      return;
    }
    const id = decodeURIComponent(path.replace(/^\/runs\//, ''));
    whenAsked(response, () => {
      const times = (asked.get(id) ?? 0) + 1;
      asked.set(id, times);
      answerFor(id, times, response);
    });
  }

  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy());
  });
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('no TCP address');
    return address.port;
  };
  const goDown = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const bound = await listen(port);
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    asked,
    told,
    behave(behaviour, behaviourWhenTold = behaviour) {
      whenAsked = behaviour;
      whenTold = behaviourWhenTold;
    },
    goDown,
    async comeUp() {
      await listen(bound);
    },
    async [Symbol.asyncDispose]() {
      if (server.listening) await goDown();
    },
  };
}

function answerFor(id: string, times: number, response: ServerResponse): void {
  const misbehave = MISBEHAVIOURS[id];
  if (misbehave) {
    misbehave(response);
    return;
  }
  const run = findRun(id, times);
  response
    .writeHead(run === undefined ? 404 : 200, { 'content-type': 'application/json' })
    .end(run ?? '{}');
}

/** What it says of a run that it is asked for so many times now: JSON text. */
function findRun(id: string, times: number): string | undefined {
  const [kind = '', first = '', ...rest] = id.split('.');
  switch (kind) {
    case 'done':
      return done(first);
    case 'later':
      return times < Number(first) ? '{"status":"running"}' : done(rest.join('.'));
    case 'shape':
      return runShapes[first];
    default:
      return undefined;
  }
}

function done(hash: string): string {
  return JSON.stringify({
    status: 'completed',
    recipe: 'weave',
    inputs: [`in-of-${hash}`],
    output_hash: hash,
    seconds: 1.5,
  });
}
