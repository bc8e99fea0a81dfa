import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process for good: a pid alone names another process after a restart of the machine or container. */
export interface ProcessId {
  readonly pid: number;
  readonly born: string;
}

export function processId(pid: number): ProcessId {
  return { pid, born: birthOf(pid) ?? '' };
}

export function isAlive({ pid, born }: ProcessId): boolean {
  return birthOf(pid) === born;
}

function birthOf(pid: number): string | undefined {
  if (process.platform === 'linux') return birthOnLinux(pid);
  if (process.platform === 'win32') return signalReaches(pid) ? '' : undefined;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** The start time in `/proc/PID/stat`; a zombie counts as gone. */
function birthOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function signalReaches(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
