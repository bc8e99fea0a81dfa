import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP connection between two processes that a test can disturb. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** From here on, what is sent in either direction is lost; connections stay open. */
  swallow(): void;
  /**
   * Swallows from the first piece on that a client sends and `isHit` knows: that piece too, or where
   * the `answer` is to be lost, all but it. Resolves once the piece, or its answer, was swallowed.
   */
  swallowAt(isHit: (piece: Buffer) => boolean, lost: 'request' | 'answer'): Promise<void>;
  /** Breaks the connections that there are; new ones pass. */
  cut(): void;
  /** From here on, each piece of data arrives `latencyMs` later, in order. */
  delay(latencyMs: number): void;
  /** From here on, data passes again. What was swallowed stays lost, so those connections are cut. */
  pass(): void;
  /** How many bytes the server has sent. */
  answeredBytes(): number;
}

/** What a proxy waits for, and what is lost then. */
interface Trap {
  readonly isHit: (piece: Buffer) => boolean;
  readonly lost: 'request' | 'answer';
  readonly spring: () => void;
}

/** Listens on a free port of the loopback interface and passes everything on to the server of `url`. */
export async function startTcpProxy(url: string): Promise<TcpProxy> {
  const [, host = '', port = ''] = /\/\/(?:[^@/]*@)?([^/?,]+):(\d+)/.exec(url) ?? [];
  const target = { host, port: Number(port) };
  const sockets = new Set<Socket>();
  const damaged = new Set<Socket>();
  let isSwallowing = false;
  let latencyMs = 0;
  let answeredBytes = 0;
  let trap: Trap | undefined;

  /** Whether this piece of a client still passes. */
  function meetTrap(piece: Buffer, upstream: Socket): boolean {
    if (isSwallowing || !trap?.isHit(piece)) return !isSwallowing;
    isSwallowing = true;
    const { lost, spring } = trap;
    trap = undefined;
    if (lost === 'request') spring();
    else upstream.once('data', spring);
    return lost === 'answer';
  }

  function pipe(from: Socket, to: Socket, mayPass: (piece: Buffer) => boolean) {
    let lastDue = 0;
    sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (data) => {
      if (!mayPass(data)) {
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
    upstream.on('data', (data) => {
      answeredBytes += data.length;
    });
    pipe(client, upstream, (piece) => meetTrap(piece, upstream));
    pipe(upstream, client, () => !isSwallowing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no TCP address');

  return {
    port: address.port,
    swallow() {
      isSwallowing = true;
    },
    swallowAt(isHit, lost) {
      const { promise, resolve } = Promise.withResolvers<void>();
      trap = { isHit, lost, spring: resolve };
      return promise;
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
    answeredBytes: () => answeredBytes,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
