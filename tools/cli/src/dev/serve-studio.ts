import { createServer, type ServerResponse } from 'node:http';
import type { SeedRun, World } from './world.ts';

/** The L1 of the world, for the time in which it is made. */
export interface Studio extends AsyncDisposable {
  readonly url: string;
}

/** Serves the runs at `/runs/{id}` and the bytes of the works at `/cache/{hash}`, to this machine only. */
export async function serveStudio({ runs, works }: World): Promise<Studio> {
  const server = createServer((request, response) => {
    const [, place, id = ''] = (request.url ?? '').split('/').map(decodeURIComponent);
    const run = place === 'runs' && runs.find(({ runId }) => runId === id);
    const work = place === 'cache' && works.find(({ hash }) => hash === id);
    if (run) send(response, 'application/json', JSON.stringify(presentRun(run)));
    else if (work) send(response, 'image/png', work.bytes);
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function presentRun({ runId, recipe, inputs, outputHash, outputType }: SeedRun) {
  const output = { content_hash: outputHash, asset_type: outputType };
  return { run_id: runId, status: 'completed', recipe, inputs, output };
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': type }).end(body);
}
