import type { Env, Missing } from '../local-server.ts';
import { runCommand } from '../processes/run-command.ts';

export interface Python {
  readonly path: string;
  /** As `3.12`. */
  readonly version: string;
}

/** Minor versions of Python 3 that will do, both included. */
export interface PythonRange {
  readonly from: number;
  readonly to: number;
}

const programs = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const question = `
import importlib.util, sys
print(sys.executable, "%d.%d" % sys.version_info[:2], importlib.util.find_spec("pip") is not None, sep="\\n")
`;

/** The first Python on PATH that is in range and has pip, else the best reason why there is none. */
export async function findPython(env: Env, range: PythonRange): Promise<Python | Missing> {
  let reason = 'Python 3 is not installed';
  for (const program of programs) {
    const { code, output } = await runCommand(
      { command: program, args: ['-c', question] },
      { env, withinMs: 10_000 },
    );
    if (code !== 0) continue;
    const [path = '', version = '', hasPip] = output.trim().split(/\r?\n/);
    if (!isInRange(version, range)) {
      reason = `Python 3.${range.from} to 3.${range.to} is needed, found ${version}`;
    } else if (hasPip !== 'True') {
      reason = `Python ${version} has no pip, install it (Debian: apt install python3-pip)`;
    } else return { path, version };
  }
  return { missing: reason };
}

function isInRange(version: string, { from, to }: PythonRange): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 3 && minor !== undefined && minor >= from && minor <= to;
}
