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

/** What an L1 was asked and told, as `GET /news` shows it. */
export interface L1News {
  /** How often each run was asked for. */
  readonly asked: Readonly<Record<string, number>>;
  readonly told: readonly Told[];
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

const JSON_HEAD = { 'content-type': 'application/json' };

/** Answers as it should. */
export const answerWell: L1Behaviour = (_response, answer) => answer();

/**
 * Starts an L1 on a port of the loopback interface. What it answers to `GET /runs/{id}` is in the id:
 * `done.HASH`, `later.N.HASH` (finished at the Nth question), `late.S.HASH` (no answer in the S
 * seconds from the first question on), `shape.NAME`, or the name of a misbehaviour. It takes every POST.
 */
export async function startL1(port = 0): Promise<L1> {
  const asked = new Map<string, number>();
  const firstAskedAt = new Map<string, number>();
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
    if (path === '/news') {
      const news: L1News = { asked: Object.fromEntries(asked), told };
      response.writeHead(200, JSON_HEAD).end(JSON.stringify(news));
      return;
    }
    const id = decodeURIComponent(path.replace(/^\/runs\//, ''));
    whenAsked(response, () => {
      const times = (asked.get(id) ?? 0) + 1;
      asked.set(id, times);
      if (times === 1) firstAskedAt.set(id, performance.now());
      const age = performance.now() - (firstAskedAt.get(id) ?? 0);
      setTimeout(answerFor, Math.max(0, lateness(id) - age), id, times, response);
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
  response.writeHead(run === undefined ? 404 : 200, JSON_HEAD).end(run ?? '{}');
}

/** For how long from the first question on it gives no answer, in milliseconds. */
function lateness(id: string): number {
  return 1000 * Number(/^late\.(?<seconds>\d+)\./.exec(id)?.groups?.['seconds'] ?? 0);
}

/** What it says of a run that it is asked for so many times now: JSON text. */
function findRun(id: string, times: number): string | undefined {
  const [kind = '', first = '', ...rest] = id.split('.');
  switch (kind) {
    case 'done':
      return done(first);
    case 'later':
      return times < Number(first) ? '{"status":"running"}' : done(rest.join('.'));
    case 'late':
      return done(rest.join('.'));
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
