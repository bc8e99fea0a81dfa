import { expect, test } from 'vitest';
import { findObstacle } from './find-obstacle.ts';

const now = new Date('2026-01-06T00:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const host = { host: 'a.example', isBlocked: false };
const find = (known: object) => findObstacle({ ...host, ...known }, { now, random: 0.5 });

test('a host without a rule, a pause or an open breaker is tried', () => {
  expect(find({})).toBeUndefined();
  expect(find({ openUntil: now })).toBeUndefined();
});

test('what waits for an open breaker comes back spread over a minute', () => {
  expect(find({ openUntil: at(30) })).toMatchObject({ until: at(30.5) });
});

test('blocked and paused hosts are looked at every hour', () => {
  expect(find({ isBlocked: true })).toMatchObject({ until: at(60.5) });
  expect(find({ pausedAt: at(-5) })).toMatchObject({ until: at(60.5) });
});
