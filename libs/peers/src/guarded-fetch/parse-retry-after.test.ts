import { expect, test } from 'vitest';
import { parseRetryAfter } from './parse-retry-after.ts';

const now = new Date('2026-01-06T23:00:00Z');

test.each([
  ['120', 120],
  [' 0 ', 0],
  ['Tue, 06 Jan 2026 23:01:30 GMT', 90],
  ['Tue, 06 Jan 2026 22:00:00 GMT', 0],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['2', 2],
  ['99999999999999', undefined],
  ['', undefined],
  [undefined, undefined],
])('%j asks for %j seconds', (value, seconds) => {
  expect(parseRetryAfter(value, now)).toBe(seconds);
});
