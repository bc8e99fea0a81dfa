import { createInterface } from 'node:readline/promises';
import type { Environment } from '@artdag/runtime';

/** What a command sees of the world: the result goes out by `write`, all else by `note`. */
export interface Terminal {
  readonly env: Environment;
  /** Whether a person reads the result. */
  readonly isInteractive: boolean;
  /** Whether a person sees what is noted, so that a line may be written over. */
  readonly showsProgress?: boolean;
  write(text: string): void;
  note(text: string): void;
  /** Asks a person; false where he says anything but yes. */
  confirm(question: string): Promise<boolean>;
}

/** The {@link Terminal} of a process. */
export function createTerminal(process: NodeJS.Process): Terminal {
  // Whoever reads the result may stop before its end: the work goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  return {
    env: process.env,
    isInteractive: process.stdout.isTTY === true && process.stdin.isTTY === true,
    showsProgress: process.stderr.isTTY === true,
    write: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(text),
    async confirm(question) {
      const reader = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
      } finally {
        reader.close();
      }
    },
  };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
