import { MongoBulkWriteError, MongoNetworkError, MongoServerError } from 'mongodb';
import { expect, test } from 'vitest';
import { isStoreUnavailable } from './is-store-unavailable.ts';

const endedSocket = Object.assign(new Error('ended by the other party'), { code: 'EPIPE' });
const inBatch = (error: Error) => new MongoBulkWriteError(error, Object.create(null));

test.each([
  ['a broken connection', new MongoNetworkError('closed')],
  ['a broken connection in a batch', inBatch(new MongoNetworkError('closed'))],
  ['a socket that the server has ended', endedSocket],
  ['the same in a batch', inBatch(endedSocket)],
  ['a server with a full disk', new MongoServerError({ message: 'no space', code: 14_031 })],
  ['a server that is broken inside', new MongoServerError({ message: 'internal', code: 1 })],
  ['a server that is shutting down', new MongoServerError({ message: 'bye', code: 91 })],
])('%s is an outage', (_, error) => {
  expect(isStoreUnavailable(error)).toBe(true);
});

test.each([
  ['a taken key', new MongoServerError({ message: 'E11000 duplicate key', code: 11_000 })],
  ['a wrong command', inBatch(new MongoServerError({ message: 'no such field', code: 2 }))],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['a missing file', Object.assign(new Error('none'), { code: 'ENOENT' })],
])('%s is none', (_, error) => {
  expect(isStoreUnavailable(error)).toBe(false);
});
