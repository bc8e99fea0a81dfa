import { expect, test } from 'vitest';
import { formatPublished } from './published-time.ts';

test('whole seconds in UTC', () => {
  expect(formatPublished(new Date('2026-01-07T00:01:27.999+01:00'))).toBe('2026-01-06T23:01:27Z');
});
