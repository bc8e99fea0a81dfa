/**
 * `node serve-l1.ts PORT`: a small L1. What it answers to `GET /runs/{id}` is in the id: `done.HASH`,
 * `later.N.HASH` (finished at the Nth question), `shape.NAME`, or the name of a misbehaviour. It keeps
 * what it is told at `POST /callbacks` and `POST /auth/revoke-user`, and shows all at `GET /seen`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { MISBEHAVIOURS } from './misbehaviours.ts';
import { runShapes } from './run-shapes.ts';

const port = Number(process.argv[2]);
const asked = new Map<string, number>();
const told: { path: string; headers: IncomingMessage['headers']; body: string }[] = [];

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/';
  if (request.method === 'POST') {
    told.push({ path, headers: request.headers, body: await text(request) });
    response.writeHead(204).end();
    return;
  }
  if (path === '/seen') return sendJson(response, { asked: Object.fromEntries(asked), told });
  const id = decodeURIComponent(path.replace(/^\/runs\//, ''));
  const times = (asked.get(id) ?? 0) + 1;
  asked.set(id, times);
  const [kind = '', first = '', ...rest] = id.split('.');
  if (kind === 'done') return sendJson(response, done(first));
  if (kind === 'later')
    return sendJson(response, times < Number(first) ? { status: 'running' } : done(rest.join('.')));
  if (kind === 'shape') return sendJson(response, runShapes[first] ?? {});
  const misbehave = MISBEHAVIOURS[kind];
  if (misbehave) misbehave(response, port);
  else response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
}

function done(hash: string) {
  return {
    status: 'completed',
    recipe: 'weave',
    inputs: [`in-of-${hash}`],
    output_hash: hash,
    seconds: 1.5,
  };
}

function sendJson(response: ServerResponse, body: unknown): void {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(typeof body === 'string' ? body : JSON.stringify(body));
}

createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
}).listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
