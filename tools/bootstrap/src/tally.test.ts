import { expect, test } from 'vitest';
import { tally } from './tally.mjs';

test('counts what passed and failed', () => {
  expect(tally({ numPassedTests: 3, numFailedTests: 0 }, 0)).toEqual({
    line: '3 passed, 0 failed',
    hasFailed: false,
  });
  expect(tally({ numPassedTests: 3, numFailedTests: 2 }, 1).line).toBe('3 passed, 2 failed');
});

test('names skipped tests, which would otherwise be silent', () => {
  expect(tally({ numPassedTests: 3, numPendingTests: 1, numTodoTests: 1 }, 0).line).toBe(
    '3 passed, 0 failed, 2 skipped',
  );
});

test('a file that does not load counts as a failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(tally({ numPassedTests: 1, numFailedTests: 0, testResults }, 1).line).toBe(
    '1 passed, 1 failed',
  );
});

test('a run that breaks off has failed', () => {
  expect(tally(undefined, 134)).toEqual({ line: '0 passed, 1 failed', hasFailed: true });
  expect(tally({ numPassedTests: 5, numFailedTests: 0 }, 1).line).toBe('5 passed, 1 failed');
});
