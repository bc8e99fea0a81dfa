import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Env, Launch } from '../local-server.ts';
import type { SupervisorTask } from './supervisor.ts';

export interface Supervised {
  /** The supervisor's pid: it ends after the server. */
  readonly pid: number;
  hasEnded(): boolean;
  /** From here on, the server does not keep this process alive. */
  release(): void;
  stop(): Promise<void>;
}

const graceMs = 20_000;
const supervisor = fileURLToPath(new URL('./supervisor.ts', import.meta.url));

/** Starts `launch` under a supervisor. */
export function supervise(launch: Launch, logFile: string, env: Env): Supervised {
  const { env: own, ...how } = launch;
  const task: SupervisorTask = { ...how, logFile, graceMs };
  const child = spawn(process.execPath, [supervisor, JSON.stringify(task)], {
    detached: true,
    env: { ...env, ...own, NODE_OPTIONS: '' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const exited = once(child, 'exit');
  exited.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    hasEnded,
    release: () => child.unref(),
    async stop() {
      if (hasEnded()) return;
      child.ref();
      child.stdin.end();
      const late = await Promise.race([exited, delay(graceMs + 5_000, 'late', { ref: false })]);
      if (late === 'late' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    },
  };
}
