import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { Problem } from './problem.mjs';

/** Runs a command with the toolchain and the workspace's own binaries first on its PATH. */
export function runCommand(words, { root, env }) {
  const [command, ...args] = words[0] === '--' ? words.slice(1) : words;
  if (command === undefined) throw new Problem('Say what to run: exec -- command arguments…');
  const path = [join(root, 'node_modules', '.bin'), env.PATH].join(delimiter);
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...env, PATH: path },
    stdio: 'inherit',
  });
  if (result.error) throw new Problem(`${command} could not be run (${result.error.code}).`);
  return result.status ?? 128 + constants.signals[result.signal];
}
