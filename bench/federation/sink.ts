import { createServer } from 'node:http';

/**
 * Inboxes of many hosts in one process: every address of 127.0.0.0/8 is a host of its own. It
 * verifies nothing, takes all (after `BENCH_PEER_MS`), and tells at `/bench/seen` how many posts and different bodies came.
 */
const answerAfterMs = Number(process.env['BENCH_PEER_MS'] ?? 0);
const seen = new Set<string>();
let posts = 0;

createServer((request, response) => {
  if (request.url === '/bench/seen') {
    response.end(JSON.stringify({ posts, different: seen.size }));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    posts += 1;
    const id = /"id":"([^"]*\/activities\/[^"]*)"/.exec(
      Buffer.concat(chunks).toString('latin1'),
    )?.[1];
    seen.add(`${request.headers.host}${request.url} ${id}`);
    if (answerAfterMs === 0) response.writeHead(202).end();
    else setTimeout(() => response.writeHead(202).end(), answerAfterMs);
  });
}).listen(Number(process.env['PORT']), '0.0.0.0', () => process.stdout.write('ready\n'));
