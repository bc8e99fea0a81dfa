import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '@artdag/errors';
import { PROBLEM_JSON, problemText } from './problem-details.ts';

/** Answers what Node cannot read as HTTP at all. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error.code);
  const { status } = problem.entry;
  const body = problemText(problem, randomUUID());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${PROBLEM_JSON}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
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
