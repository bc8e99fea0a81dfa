import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import type { Command, Env } from '../local-server.ts';

interface CommandOptions {
  readonly env: Env;
  readonly withinMs: number;
  readonly cwd?: string;
  /** Where the whole output is added. */
  readonly logFile?: string;
}

/** `code` is null for a command that could not be run or took too long. */
export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command to its end and collects what it wrote. */
export function runCommand(
  { command, args }: Command,
  options: CommandOptions,
): Promise<CommandResult> {
  const log = options.logFile && createWriteStream(options.logFile, { flags: 'a' });
  if (log) log.on('error', () => undefined);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: options.env,
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.withinMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (log) log.write(text);
      });
    }
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => {
      if (log) log.end();
      resolve({ code, output });
    });
  });
}
