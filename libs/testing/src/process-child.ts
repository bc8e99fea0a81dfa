import { type ChildProcess, spawn } from 'node:child_process';

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that a test started. It never outlives the test's own process. */
export interface ProcessChild extends AsyncDisposable {
  readonly pid: number;
  readonly ended: Promise<ProcessEnd>;
  hasEnded(): boolean;
  /** What it has written to standard output and standard error: the last million characters. */
  output(): string;
  errorOutput(): string;
  signal(signal: NodeJS.Signals): void;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<ProcessEnd>;
}

/** What is to be run. */
export interface ProcessCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Who runs it, where that is not who runs the tests. */
  readonly uid?: number;
  readonly gid?: number;
}

const KEPT_CHARACTERS = 1_000_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a process of which only this one is told. It shares the compiled code of Node.js. */
export function startChild({ command, args, env, ...place }: ProcessCommand): ProcessChild {
  const child = spawn(command, args, {
    ...place,
    env: { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { promise: ended, resolve } = Promise.withResolvers<ProcessEnd>();
  let output = '';
  let errorOutput = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-KEPT_CHARACTERS);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-KEPT_CHARACTERS);
    errorOutput = (errorOutput + text).slice(-KEPT_CHARACTERS);
  });
  running.add(child);
  const settle = (end: ProcessEnd) => {
    running.delete(child);
    resolve(end);
  };
  child.once('error', (error) => {
    errorOutput += error.message;
    settle({ code: null, signal: null });
  });
  child.once('close', (code, signal) => settle({ code, signal }));

  const hasEnded = () =>
    child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    // A stopped process takes no other signal than SIGKILL before it goes on.
    if (signal !== 'SIGKILL') child.kill('SIGCONT');
    return ended;
  };
  return {
    pid: child.pid ?? 0,
    ended,
    hasEnded,
    output: () => output,
    errorOutput: () => errorOutput,
    signal: (signal) => void child.kill(signal),
    end,
    async [Symbol.asyncDispose]() {
      if (!hasEnded()) await end('SIGKILL');
    },
  };
}
