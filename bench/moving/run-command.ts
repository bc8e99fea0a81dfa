import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from '@artdag/testing';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

/** What a command of `artdag-l2` has used. */
export interface CommandUse {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most resident memory that the process has held. */
  readonly peakMib: number;
  /** What it has written. */
  readonly output: string;
}

const Usage = Type.Object({
  userCPUTime: Type.Number(),
  systemCPUTime: Type.Number(),
  maxRSS: Type.Number(),
});
const program = fileURLToPath(new URL('../../tools/cli/src/main.ts', import.meta.url));
const reporter = fileURLToPath(new URL('report-usage.ts', import.meta.url));

/**
 * Runs `artdag-l2` as a process of its own.
 *
 * @throws Error with what it has written, where it fails.
 */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  usageFile: string,
): Promise<CommandUse> {
  const startedAt = performance.now();
  await using child = startChild({
    command: process.execPath,
    args: ['--import', reporter, program, ...args],
    env: { PATH: process.env['PATH'], ...env, BENCH_USAGE_FILE: usageFile },
  });
  const { code } = await child.ended;
  if (code !== 0) throw new Error(`artdag-l2 ${args[0]} ended with ${code}: ${child.output()}`);
  const usage = Value.Parse(Usage, JSON.parse(await readFile(usageFile, 'utf8')));
  return {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    peakMib: Math.round(usage.maxRSS / 1024),
    output: child.output(),
  };
}
