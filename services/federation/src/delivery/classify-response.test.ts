import { expect, test } from 'vitest';
import { classifyResponse } from './classify-response.ts';

const answer = (status: number, retryAfter?: number) =>
  classifyResponse({ ok: true, status, ...(retryAfter !== undefined && { retryAfter }) });

test.each([200, 201, 202, 204, 299])('%i is delivered', (status) => {
  expect(answer(status)).toEqual({ outcome: 'delivered', isReachable: true, status });
});

test('410 says that the inbox is gone', () => {
  expect(answer(410)).toMatchObject({ outcome: 'gone', isReachable: true, error: 'HTTP 410' });
});

test.each([400, 402, 404, 405, 406, 413, 415, 422, 451])('%i is final', (status) => {
  expect(answer(status)).toMatchObject({ outcome: 'refused', isReachable: true });
});

test.each([401, 403, 408, 425, 429])(
  '%i is tried again and its host counts as reachable',
  (status) => {
    expect(answer(status)).toMatchObject({ outcome: 'retry', isReachable: true });
  },
);

test.each([500, 502, 503, 504])(
  '%i is tried again and counts as a failure of the host',
  (status) => {
    expect(answer(status)).toMatchObject({ outcome: 'retry', isReachable: false, status });
  },
);

test.each([
  [301, 'refused'],
  [308, 'refused'],
  [302, 'retry'],
  [307, 'retry'],
])('a redirect is not followed: %i is %s', (status, outcome) => {
  expect(answer(status)).toMatchObject({ outcome, isReachable: true });
});

test('what the host asks to wait counts with 429 and 503 only', () => {
  expect(answer(429, 60)).toMatchObject({ retryAfter: 60 });
  expect(answer(503, 60)).toMatchObject({ retryAfter: 60 });
  expect(answer(500, 60)).not.toHaveProperty('retryAfter');
  expect(answer(401, 60)).not.toHaveProperty('retryAfter');
});

test.each(['timeout', 'network', 'blocked-address'] as const)('%s is tried again', (reason) => {
  const verdict = classifyResponse({ ok: false, reason, detail: 'no answer' });
  expect(verdict).toEqual({ outcome: 'retry', isReachable: false, error: `${reason}: no answer` });
});

test.each(['malformed-url', 'credentials-in-url', 'blocked-scheme'] as const)(
  '%s is final',
  (reason) => {
    const verdict = classifyResponse({ ok: false, reason, detail: 'no' });
    expect(verdict).toMatchObject({ outcome: 'refused' });
  },
);
