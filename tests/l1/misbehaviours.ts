import type { ServerResponse } from 'node:http';

const JSON_HEAD = { 'content-type': 'application/json' };
const RUN = JSON.stringify({ status: 'completed', output_hash: 'lie' });

/** What an L1 can do wrong, by the id of the run that it is asked for. */
export const MISBEHAVIOURS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  failed: (response) => response.writeHead(200, JSON_HEAD).end('{"status":"failed"}'),
  empty: (response) => response.writeHead(200, JSON_HEAD).end('{"status":"completed"}'),
  unfinished: (response) => response.writeHead(200, JSON_HEAD).end('{"status":"running"}'),
  /** Never answers. */
  slow: () => undefined,
  error: (response) => response.writeHead(500).end(),
  garbage: (response) => response.writeHead(200, JSON_HEAD).end('{"status": "completed", '),
  page: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(RUN),
  large: (response) => {
    response.writeHead(200, JSON_HEAD);
    response.end(JSON.stringify({ status: 'completed', output_hash: 'x'.repeat(10_000_000) }));
  },
  /** To the same machine under another origin. */
  elsewhere: (response) => {
    const location = `http://localhost:${response.socket?.localPort}/runs/done.lie`;
    response.writeHead(302, { location }).end();
  },
  endless: (response) => {
    response.writeHead(200, JSON_HEAD);
    const timer = setInterval(() => response.write(' '), 50);
    response.once('close', () => clearInterval(timer));
  },
};
