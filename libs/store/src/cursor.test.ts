import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

test.each(['cat', 'effect:a b/→', '\u{1f408}', '', '"]'])('brings %j back', (id) => {
  const position = { at: new Date('2026-01-06T23:01:27.123Z'), id };
  expect(decodeCursor(encodeCursor(position))).toEqual(position);
  expect(encodeCursor(position)).toMatch(/^[A-Za-z0-9_-]+$/);
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  ['nothing', ''],
  ['no JSON', 'aGVsbG8'],
  ['no base64', '{"$gt":""}'],
  ['an operator for an id', encode([0, { $gt: '' }])],
  ['an operator for a time', encode([{ $gt: 0 }, 'cat'])],
  ['no time', encode(['0', 'cat'])],
  ['half a time', encode([0.5, 'cat'])],
  ['a time beyond all dates', encode([Number.MAX_SAFE_INTEGER, 'cat'])],
  ['an object', encode({ 0: 0, 1: 'cat' })],
  ['null', encode(null)],
])('refuses %s', (_, cursor) => {
  expect(decodeCursor(cursor)).toBeUndefined();
});
