import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The command lines of all running processes that name `text`, such as a folder of a test's own. */
export function findProcesses(text: string): string[] {
  const commandLines = existsSync('/proc/self/cmdline') ? readProc() : askPs();
  return commandLines.filter((line) => line.includes(text));
}

/** Small images have no `ps`. */
function readProc(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });
}

function askPs(): string[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8' }).split('\n');
}
