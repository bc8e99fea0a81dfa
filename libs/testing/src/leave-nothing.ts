import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Lets a workload that is stopped, or fails, leave nothing behind: what it started ends with the
 * process, and its files stand in one folder that goes after them. Call it before all else.
 */
export function leaveNothing(): void {
  const folder = mkdtempSync(join(tmpdir(), 'artdag-run-'));
  process.env['TMPDIR'] = folder;
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.once('exit', remove);
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.once(signal, () => {
      // Children are killed by what was asked for before: their files go once more after that.
      process.once('exit', remove);
      process.exit(code);
    });
  }
}
