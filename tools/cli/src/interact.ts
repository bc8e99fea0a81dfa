import { AppError } from '@artdag/errors';
import type { Terminal } from './terminal.ts';

/** Options of commands that change something. */
export interface ActOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** Nothing here was signed by anybody: all of it is what a server has observed. */
export function writeObserved(observed: unknown, terminal: Terminal): void {
  terminal.write(`${JSON.stringify({ observed }, undefined, 2)}\n`);
}

/**
 * Goes on only where a person agrees, or `--yes` was given.
 *
 * @throws AppError `validation-failed` where nobody can be asked.
 */
export async function agree(
  what: { readonly question: string; readonly consequence: string },
  { yes }: ActOptions,
  terminal: Terminal,
): Promise<void> {
  if (yes) return;
  if (!terminal.isInteractive)
    throw new AppError(
      'validation-failed',
      `${what.consequence}: run it again with --yes to do so.`,
    );
  if (await terminal.confirm(what.question)) return;
  throw new AppError('internal', 'Nothing was done.');
}
