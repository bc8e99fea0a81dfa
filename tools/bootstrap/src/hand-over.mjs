import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { watchParent } from './watch-parent.mjs';

const stopWithParent = new URL('./stop-with-parent.mjs', import.meta.url).href;
const sameKeyPressMs = 1_000;

/**
 * Runs Node.js on `args` and resolves with its exit code; it stops when we or npm are told to or die.
 * In a group of its own it gets Ctrl-C once, from us: the terminal and npm both send it to everyone.
 */
export function handOver(node, args, { root, env, ownGroup = false }) {
  const child = spawn(node, ['--import', stopWithParent, ...args], {
    cwd: root,
    env: { ...env, ARTDAG_PARENT_PIPE: '3' },
    detached: ownGroup,
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
  });
  let last = { signal: '', at: 0 };
  const forward = (received) => {
    // A closed terminal is a wish to stop, not to die at once.
    const signal = received === 'SIGHUP' ? 'SIGTERM' : received;
    if (signal === last.signal && Date.now() - last.at < sameKeyPressMs) return;
    last = { signal, at: Date.now() };
    if (ownGroup || signal !== 'SIGINT') child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  const watch = watchParent(() => forward('SIGTERM'));
  child.stdio[3].on('error', () => undefined);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}
