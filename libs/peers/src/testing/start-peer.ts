import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { testCertificate, testCertificateKey } from './test-certificate.ts';

/** A server on loopback that remembers what it was asked. */
export interface Peer extends AsyncDisposable {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  readonly requests: readonly IncomingMessage[];
  readonly connectionCount: () => number;
}

/** Starts a peer on a free port. */
export async function startPeer(
  answer: RequestListener,
  { tls = false }: { readonly tls?: boolean } = {},
): Promise<Peer> {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    answer(request, response);
  };
  const certificate = { cert: testCertificate, key: testCertificateKey };
  const server = tls ? createTlsServer(certificate, listener) : createServer(listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  const port = await listen(server);
  const host = `127.0.0.1:${port}`;
  return {
    host,
    port,
    origin: `${tls ? 'https' : 'http'}://${host}`,
    requests,
    connectionCount: () => sockets.size,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Answers with a JSON document of the given type. */
export function answerJson(
  document: unknown,
  contentType = 'application/activity+json',
): RequestListener {
  return (_, response) => {
    response.writeHead(200, { 'content-type': contentType });
    response.end(typeof document === 'string' ? document : JSON.stringify(document));
  };
}
