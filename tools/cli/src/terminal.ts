import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
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
  /** Asks a person for a line. */
  ask(question: string): Promise<string>;
  /** Asks a person for a secret, which the screen does not show. */
  askSecret(question: string): Promise<string>;
  /** All that comes in, for a program that hands a secret over. */
  readAll(): Promise<string>;
}

/** The {@link Terminal} of a process. */
export function createTerminal(process: NodeJS.Process): Terminal {
  // Whoever reads the result may stop before its end: the work goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  return {
    env: process.env,
    isInteractive: process.stdout.isTTY === true && process.stdin.isTTY === true,
    showsProgress: process.stderr.isTTY === true,
    write: (output) => void process.stdout.write(output),
    note: (output) => void process.stderr.write(output),
    confirm: async (question) => /^y(es)?$/i.test(await askLine(process, `${question} [y/N] `)),
    ask: (question) => askLine(process, question),
    askSecret: (question) => askUnseen(process, question),
    readAll: () => text(process.stdin),
  };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

interface Screen {
  readonly stdin: NodeJS.Process['stdin'];
  readonly stderr: NodeJS.WritableStream;
}

async function askLine({ stdin, stderr }: Screen, question: string): Promise<string> {
  const reader = createInterface({ input: stdin, output: stderr, terminal: stdin.isTTY });
  try {
    return (await reader.question(question)).trim();
  } finally {
    reader.close();
  }
}

/** The screen shows nothing from before the question is there: who pastes is quick. */
async function askUnseen({ stdin, stderr }: Screen, question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY });
  try {
    const answered = reader.question('');
    stderr.write(question);
    return (await answered).trim();
  } finally {
    reader.close();
    stderr.write('\n');
  }
}
