import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below those that systems give to outgoing connections, one of which could take the port before
 * whoever asked for it listens.
 */
const FIRST = 20_000;
/** Each worker of a test run has a share of its own. */
const SHARES = 4;
const SHARE = 3000;

let turn = randomInt(SHARE);

/**
 * A TCP port of the loopback interface that nobody listens on now, and that this process has given to
 * nobody for long: whoever has one may listen later, or not while he is restarted.
 */
export async function freePort(): Promise<number> {
  const share = Number(process.env['VITEST_POOL_ID'] ?? 0) % SHARES;
  for (;;) {
    turn = (turn + 1) % SHARE;
    const port = FIRST + share * SHARE + turn;
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
