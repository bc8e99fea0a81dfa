import { createServer } from 'node:http';

/** An L1 each of whose runs is finished, and has read one of a hundred inputs. It answers at once. */
const INPUTS = 100;

createServer((request, response) => {
  const id = decodeURIComponent((request.url ?? '').replace('/runs/', ''));
  const number = Number(id.split('-').at(-1));
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      status: 'completed',
      recipe: 'weave',
      inputs: [{ name: 'left', content_hash: `in-${number % INPUTS}` }],
      output_hash: `made-${id}`,
      media_type: 'video/mp4',
      seconds: 30.0,
    }),
  );
}).listen(Number(process.env['PORT']), '127.0.0.1', () => process.stdout.write('ready\n'));
