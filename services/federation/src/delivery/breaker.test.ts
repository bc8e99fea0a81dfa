import { expect, test } from 'vitest';
import { afterAnswer, afterFailure, type BreakerState, gateOf } from './breaker.ts';

const start = new Date('2026-01-06T00:00:00Z');
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

function failAt(minutes: readonly number[], state: BreakerState = {}): BreakerState {
  return minutes.reduce((known, minute) => afterFailure(known, at(minute)), state);
}

test('opens for 30 minutes at the fifth failure in 10 minutes', () => {
  expect(gateOf(failAt([0, 1, 2, 3]), at(4))).toEqual({ kind: 'closed' });
  const state = failAt([0, 1, 2, 3, 4]);
  expect(gateOf(state, at(4))).toEqual({ kind: 'open', until: at(34) });
  expect(gateOf(state, at(33.9)).kind).toBe('open');
  expect(gateOf(state, at(34))).toEqual({ kind: 'half-open', openUntil: at(34) });
});

test('forgets failures that are older than 10 minutes', () => {
  const state = failAt([0, 1, 2, 3, 10]);
  expect(state).toEqual({ failures: 1, firstFailureAt: at(10) });
  expect(gateOf(state, at(10))).toEqual({ kind: 'closed' });
});

test('a failed probe opens it for 30 minutes more, however long ago the first failures were', () => {
  const state = failAt([0, 1, 2, 3, 4, 60]);
  expect(gateOf(state, at(60))).toEqual({ kind: 'open', until: at(90) });
});

test('an answer closes it and forgets the failures', () => {
  const closed = afterAnswer(failAt([0, 1, 2, 3, 4]));
  expect(closed).toEqual({ failures: undefined, firstFailureAt: undefined, openUntil: undefined });
  expect(afterAnswer({})).toBe('unchanged');
});
