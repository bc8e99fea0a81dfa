import type { Env } from '../local-server.ts';
import { runCommand } from './run-command.ts';

export interface Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** What `program --version` says; undefined for a program that does not run here. */
export async function readVersion(program: string, env: Env): Promise<Version | undefined> {
  const { code, output } = await runCommand(
    { command: program, args: ['--version'] },
    { env, withinMs: 10_000 },
  );
  const [text, major, minor] = /(\d+)\.(\d+)[\w.-]*/.exec(output) ?? [];
  return code === 0 && text ? { text, major: Number(major), minor: Number(minor) } : undefined;
}

export function isAtLeast(version: Version, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}
