import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP connection between two processes that a test can disturb. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** From here on, what is sent in either direction is lost; connections stay open. */
  swallow(): void;
  /** Breaks the connections that there are; new ones pass. */
  cut(): void;
  /** From here on, each piece of data arrives `latencyMs` later, in order. */
  delay(latencyMs: number): void;
  /** From here on, data passes again. What was swallowed stays lost, so those connections are cut. */
  pass(): void;
}

/** Listens on a free port of the loopback interface and passes everything on to the server of `url`. */
export async function startTcpProxy(url: string): Promise<TcpProxy> {
  const [, host = '', port = ''] = /\/\/(?:[^@/]*@)?([^/?,]+):(\d+)/.exec(url) ?? [];
  const target = { host, port: Number(port) };
  const sockets = new Set<Socket>();
  const damaged = new Set<Socket>();
  let isSwallowing = false;
  let latencyMs = 0;

  function pipe(from: Socket, to: Socket) {
    let lastDue = 0;
    sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (data) => {
      if (isSwallowing) {
        damaged.add(from).add(to);
        return;
      }
      lastDue = Math.max(lastDue, performance.now() + latencyMs);
      if (latencyMs === 0 && lastDue <= performance.now()) to.write(data);
      else setTimeout(() => to.write(data), lastDue - performance.now());
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  }

  const server = createServer((client) => {
    const upstream = connect(target);
    pipe(client, upstream);
    pipe(upstream, client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no TCP address');

  return {
    port: address.port,
    swallow() {
      isSwallowing = true;
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    delay(ms) {
      latencyMs = ms;
    },
    pass() {
      isSwallowing = false;
      latencyMs = 0;
      for (const socket of damaged) socket.destroy();
      damaged.clear();
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
