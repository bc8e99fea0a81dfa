import type { Terminal } from './terminal.ts';

const WIDTH = 30;
const INTERVAL_MS = 100;

/** Shows how far something is, to a person only. */
export interface Progress extends Disposable {
  show(done: number, total: number): void;
}

/** A bar in one line of standard error, which is gone in the end. */
export function createProgress(
  label: string,
  { showsProgress, note }: Pick<Terminal, 'showsProgress' | 'note'>,
): Progress {
  let shownAt = 0;
  return {
    show(done, total) {
      const now = Date.now();
      if (!showsProgress || now - shownAt < INTERVAL_MS) return;
      shownAt = now;
      const filled = total > 0 ? Math.round((WIDTH * done) / total) : 0;
      const bar = '#'.repeat(filled).padEnd(WIDTH, '.');
      note(`\r${label} [${bar}] ${done} of ${total}\u001b[K`);
    },
    [Symbol.dispose]() {
      if (shownAt > 0) note('\r\u001b[K');
    },
  };
}
