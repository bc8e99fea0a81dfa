import { MongoBulkWriteError, MongoError, MongoServerError } from 'mongodb';

/**
 * Codes by which a server says that it cannot take part now: not writable, shutting down, no majority,
 * something broken inside (1), no room left on the disk (14031).
 */
const PASSING_CODES = new Set([
  1, 6, 7, 64, 89, 91, 100, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436, 14_031,
]);

/** What Node says of a socket whose other end has gone, which the driver passes on as it is. */
const SOCKET_CODES = new Set([
  'EPIPE',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** Whether `error` says that MongoDB cannot be reached or cannot serve now; later it may. */
export function isStoreUnavailable(error: unknown): boolean {
  // The driver wraps what broke a batch; only that tells an outage from a fault.
  if (error instanceof MongoBulkWriteError && error.errorResponse instanceof Error)
    return isStoreUnavailable(error.errorResponse);
  if (error instanceof MongoServerError) {
    return error.hasErrorLabel('RetryableWriteError') || PASSING_CODES.has(Number(error.code));
  }
  if (error instanceof MongoError) return !error.message.includes('E11000');
  return error instanceof Error && 'code' in error && SOCKET_CODES.has(String(error.code));
}
