import { expect, test } from 'vitest';
import { MAX_TRIES, nextTryMs } from './retry-policy.ts';

function daysOfTries(random: number): number {
  let sum = 0;
  for (let tries = 1; tries < MAX_TRIES; tries += 1) {
    const wait = nextTryMs({ tries, random });
    if (wait === 'never') throw new Error('gave up too early');
    sum += wait;
  }
  return sum / 86_400_000;
}

test('tries 16 times over about 2.6 days', () => {
  expect(daysOfTries(0.5)).toBeCloseTo(2.58, 1);
  expect(daysOfTries(0)).toBeGreaterThan(2);
  expect(daysOfTries(0.999)).toBeLessThan(3.2);
  expect(nextTryMs({ tries: 16, random: 0 })).toBe('never');
});

test('waits n⁴ + 15 s, and up to half of n⁴ more', () => {
  expect(nextTryMs({ tries: 1, random: 0 })).toBe(16_000);
  expect(nextTryMs({ tries: 3, random: 0 })).toBe(96_000);
  expect(nextTryMs({ tries: 3, random: 1 })).toBe(136_500);
});

test('does what the host asks for, up to an hour', () => {
  expect(nextTryMs({ tries: 9, retryAfter: 30, random: 0 })).toBe(30_000);
  expect(nextTryMs({ tries: 1, retryAfter: 86_400, random: 0 })).toBe(3_600_000);
  expect(nextTryMs({ tries: 1, retryAfter: 0, random: 0 })).toBe(16_000);
  expect(nextTryMs({ tries: 16, retryAfter: 30, random: 0 })).toBe('never');
});
