import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress } from './progress.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_767_740_487_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function run(showsProgress: boolean): string[] {
  const notes: string[] = [];
  const progress = createProgress('Importing', {
    showsProgress,
    note: (text) => notes.push(text),
  });
  for (let done = 0; done <= 1000; done += 1) {
    progress.show(done, 1000);
    vi.advanceTimersByTime(1);
  }
  progress[Symbol.dispose]();
  return notes;
}

test('a person sees a bar ten times a second, and it is gone in the end', () => {
  const notes = run(true);
  expect(notes[5]).toBe(`\rImporting [${'#'.repeat(15).padEnd(30, '.')}] 500 of 1000\u001b[K`);
  expect(notes.slice(11)).toEqual(['\r\u001b[K']);
});

test('a program sees nothing of it', () => {
  expect(run(false)).toEqual([]);
});
