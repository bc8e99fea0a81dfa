import { expect, test } from 'vitest';
import { isCheckDue, judgeRun, noteFinding, type RunFinding } from './run-check.ts';

const HOUR_MS = 3_600_000;
const start = new Date('2026-01-06T23:01:27Z');
const after = (hours: number) => new Date(start.getTime() + hours * HOUR_MS);
const found = (finding: RunFinding, hours = 0) => noteFinding(undefined, finding, after(hours));

test('an L1 is asked again once a day, and every hour while it says nothing', () => {
  expect(isCheckDue({ readAt: start }, after(23))).toBe(false);
  expect(isCheckDue({ readAt: start }, after(24))).toBe(true);
  expect(isCheckDue({ readAt: start, check: found('same', 24) }, after(47))).toBe(false);
  expect(isCheckDue({ readAt: start, check: found('silent', 24) }, after(24.5))).toBe(false);
  expect(isCheckDue({ readAt: start, check: found('silent', 24) }, after(25))).toBe(true);
});

test('a finding is so since it was first found, unless another came between', () => {
  const again = noteFinding(found('silent'), 'silent', after(5));
  expect(again).toEqual({ finding: 'silent', at: after(5), since: start });
  expect(noteFinding(again, 'same', after(6)).since).toEqual(after(6));
});

test.each([
  ['same', 0, true, undefined],
  ['same', 0, false, 'lost'],
  [undefined, 0, true, undefined],
  [undefined, 0, false, 'lost'],
  ['unknown', 0, true, 'lost'],
  ['changed', 0, true, 'changed'],
  ['changed', 0, false, 'changed'],
  ['silent', 24 * 7 - 1, true, undefined],
  ['silent', 24 * 7, true, 'lost'],
] as const)('found %s for %i hours, may be asked: %s: %s', (finding, hours, mayAsk, expected) => {
  const check = finding && found(finding);
  expect(judgeRun({ check, mayAsk }, after(hours))).toBe(expected);
});
