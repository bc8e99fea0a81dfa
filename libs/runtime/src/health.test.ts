import { afterEach, expect, test, vi } from 'vitest';
import { askHealth } from './health.ts';

afterEach(() => vi.useRealTimers());

const well = { name: 'well', check: async () => undefined };

test('is ready where every check passes', async () => {
  expect(await askHealth([well])).toEqual({ ready: true, checks: [{ name: 'well', ok: true }] });
});

test('names the check that fails and its reason', async () => {
  const ill = { name: 'ill', check: () => Promise.reject(new Error('away')) };
  expect(await askHealth([well, ill])).toEqual({
    ready: false,
    checks: [
      { name: 'well', ok: true },
      { name: 'ill', ok: false, reason: 'away' },
    ],
  });
});

test('stays ready where only a check that warns fails, and names it', async () => {
  const odd = { name: 'odd', onlyWarns: true, check: () => Promise.reject(new Error('odd')) };
  expect(await askHealth([well, odd])).toEqual({
    ready: true,
    checks: [
      { name: 'well', ok: true },
      { name: 'odd', ok: false, reason: 'odd' },
    ],
  });
});

test('does not wait for a check that hangs', async () => {
  vi.useFakeTimers();
  const report = askHealth([{ name: 'stuck', check: () => new Promise(() => undefined) }]);
  await vi.advanceTimersByTimeAsync(1500);
  expect(await report).toMatchObject({ ready: false });
});
