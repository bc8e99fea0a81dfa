import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Runs an installer with its output in a fresh log file; resolves with its code and what it wrote. */
export async function runLogged([command, ...args], { cwd, env, logFile }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log] });
  const interrupt = (signal) => {
    child.kill(signal);
    process.stderr.write('\n');
    process.exit(130);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.once(signal, interrupt);
  const failure = await new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, errno: error.code }));
    child.on('exit', (code) => resolve({ code: code ?? 1 }));
  });
  for (const signal of signals) process.removeListener(signal, interrupt);
  closeSync(log);
  return { ...failure, output: readFileSync(logFile, 'utf8') };
}
