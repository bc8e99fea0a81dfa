import { expect, test } from 'vitest';
import { learnFromTry } from './learn-from-try.ts';

const now = new Date('2026-01-06T00:00:00Z');
const host = { host: 'a.example', isBlocked: false };
const delivered = { outcome: 'delivered', isReachable: true, status: 202 } as const;
const refused = { outcome: 'retry', isReachable: true, status: 429, error: 'HTTP 429' } as const;
const failed = { outcome: 'retry', isReachable: false, status: 500, error: 'HTTP 500' } as const;

test('a host that goes on as before is written once a minute', () => {
  const justSeen = { ...host, lastSuccessAt: new Date(now.getTime() - 59_000) };
  expect(learnFromTry(justSeen, { verdict: delivered, manners: {} }, now)).toEqual({});
  const seen = { ...host, lastSuccessAt: new Date(now.getTime() - 60_000) };
  expect(learnFromTry(seen, { verdict: delivered, manners: {} }, now)).toEqual({
    lastSuccessAt: now,
  });
});

test('a new form of signatures and the end of failures are written at once', () => {
  const known = { ...host, lastSuccessAt: now, failures: 3, firstFailureAt: now };
  const learnt = learnFromTry(known, { verdict: delivered, manners: { scheme: 'rfc9421' } }, now);
  expect(learnt).toMatchObject({ scheme: 'rfc9421', failures: undefined, lastSuccessAt: now });
});

test('a host that refuses is reachable: it counts apart from failures', () => {
  const known = { ...host, failures: 4, firstFailureAt: now };
  const learnt = learnFromTry(known, { verdict: refused, manners: {} }, now);
  expect(learnt).toMatchObject({ failures: undefined, lastErrorAt: now, lastError: 'HTTP 429' });
  expect(learnt).not.toHaveProperty('lastSuccessAt');
});

test('every failure is counted', () => {
  const known = { ...host, failures: 1, firstFailureAt: now, lastErrorAt: now };
  const learnt = learnFromTry(known, { verdict: failed, manners: {} }, now);
  expect(learnt).toMatchObject({ failures: 2, lastError: 'HTTP 500' });
});
