import { expect, test } from 'vitest';
import { cappedBackoff } from './open-queue.ts';

test.each([
  [1, 250],
  [2, 500],
  [4, 2000],
  [8, 32_000],
  [9, 60_000],
  [500, 60_000],
])('after %i tries it waits %i ms', (made, expected) => {
  expect(cappedBackoff(made, 250, 0.5)).toBe(expected);
});

test('jitter is a quarter either way', () => {
  expect(cappedBackoff(1, 1000, 0)).toBe(750);
  expect(cappedBackoff(1, 1000, 1)).toBe(1250);
});
