import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '@artdag/errors';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { PROBLEM_JSON, problemText } from './problem-details.ts';
import { readRawPathRequest } from './read-raw-path-request.ts';

interface ClientError extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
}

/** Answers what Node cannot read as HTTP: Unicode in a path is meant well, all else is a problem. */
export const clientErrors = fastifyPlugin(async (app) => {
  app.server.removeAllListeners('clientError');
  app.server.on('clientError', (error: ClientError, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else answer(app, error, socket).catch(() => socket.destroy());
  });
});

async function answer(
  app: Pick<FastifyInstance, 'inject'>,
  { code, rawPacket }: ClientError,
  socket: Duplex,
): Promise<void> {
  const request =
    code === 'HPE_INVALID_URL' && rawPacket ? readRawPathRequest(rawPacket) : undefined;
  if (!request) {
    const problem = problemOf(code);
    const body = problemText(problem, randomUUID());
    end(socket, problem.entry.status, { 'content-type': PROBLEM_JSON }, Buffer.from(body));
    return;
  }
  const remoteAddress = 'remoteAddress' in socket ? String(socket.remoteAddress) : '127.0.0.1';
  const { statusCode, headers, rawPayload } = await app.inject({ ...request, remoteAddress });
  end(socket, statusCode, headers, rawPayload);
}

type Headers = Readonly<Record<string, number | string | string[] | undefined>>;

function end(socket: Duplex, status: number, headers: Headers, body: Buffer): void {
  const { connection: _, 'transfer-encoding': __, 'content-length': ___, ...rest } = headers;
  const own = { ...rest, 'content-length': body.length, connection: 'close' };
  const lines = Object.entries(own).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => `${name}: ${one}`),
  );
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n`);
  socket.end(body);
}

function problemOf(code: string | undefined): AppError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new AppError('headers-too-large', 'The address and headers are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new AppError('malformed-request', 'The request did not come to its end in time.');
    default:
      return new AppError('malformed-request', 'This is not HTTP.');
  }
}
