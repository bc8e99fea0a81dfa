import { fileURLToPath } from 'node:url';
import { type ProcessChild, startChild } from '@artdag/testing';

const program = fileURLToPath(new URL('../../tools/cli/src/main.ts', import.meta.url));

/** Settings of one call of `artdag-l2`. */
export interface CliCall {
  readonly env: Readonly<Record<string, string>>;
}

/** Starts `artdag-l2` with these arguments. */
export function startCli(args: readonly string[], { env }: CliCall): ProcessChild {
  return startChild({
    command: process.execPath,
    args: [program, ...args],
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
}

/** Runs `artdag-l2` to its end. */
export async function runCli(args: readonly string[], call: CliCall) {
  const child = startCli(args, call);
  const { code } = await child.ended;
  const errors = child.errorOutput();
  return { code, errors, result: child.output().replace(errors, '') };
}
