import { isAppError } from '@artdag/errors';
import { CommanderError } from 'commander';
import { exitCodeOf } from '../exit-code.ts';
import { createProgram } from '../program.ts';
import type { Terminal } from '../terminal.ts';

/** What a person or a program at the other end does. */
export interface Peer {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Answers of a person, in turn; without any, nobody is there. */
  readonly answers?: readonly string[];
  /** What comes in from another program. */
  readonly input?: string;
}

/** How a command has ended. */
export interface Ended {
  readonly code: number;
  readonly result: string;
  readonly errors: string;
}

/** A terminal that keeps what is written to it. */
function createFakeTerminal({ env, answers, input = '' }: Peer) {
  const written = { result: '', errors: '' };
  const left = [...(answers ?? [])];
  const ask = async (question: string) => {
    written.errors += question;
    return left.shift() ?? '';
  };
  const terminal: Terminal = {
    env,
    isInteractive: answers !== undefined,
    write: (text) => {
      written.result += text;
    },
    note: (text) => {
      written.errors += text;
    },
    confirm: async (question) => /^y/.test(await ask(question)),
    ask,
    askSecret: ask,
    readAll: async () => input,
  };
  return { terminal, written };
}

/** Runs a command line in this process, as `main.ts` does in one of its own. */
export async function runCli(args: readonly string[], peer: Peer): Promise<Ended> {
  const { terminal, written } = createFakeTerminal(peer);
  const status: { exitCode: number | undefined } = { exitCode: undefined };
  try {
    await createProgram(terminal, status).parseAsync(args, { from: 'user' });
  } catch (error) {
    status.exitCode = exitCodeOf(error);
    if (isAppError(error)) terminal.note(`artdag-l2: ${error.message}\n`);
    else if (!(error instanceof CommanderError)) throw error;
  }
  return { code: Number(status.exitCode ?? 0), ...written };
}
