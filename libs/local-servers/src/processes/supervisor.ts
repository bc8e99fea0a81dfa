/**
 * Runs one server as a child of its own and stops it when standard input closes: that happens
 * however the owner ends, by SIGKILL too. Started by `supervise.ts` in a process group of its own,
 * so that Ctrl-C in a terminal does not stop the server before its clients have drained.
 */
import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import type { Launch } from '../local-server.ts';

export interface SupervisorTask extends Omit<Launch, 'env'> {
  readonly logFile: string;
  readonly graceMs: number;
}

const settledAfterMs = 5_000;
const restartAfterMs = 500;
const wakeEveryMs = 50;

const task: SupervisorTask = JSON.parse(process.argv[2] ?? '');
const log = openSync(task.logFile, 'a', 0o600);
const startedAt = Date.now();
let stopping = false;
let server = start();

function start() {
  const child = spawn(task.command, task.args, { stdio: ['ignore', log, log] });
  child.on('error', (error) => {
    writeSync(log, `${error.message}\n`);
    process.exit(127);
  });
  child.on('exit', (code, signal) => {
    if (stopping) process.exit(0);
    writeSync(log, `The server ended by itself (${signal ?? code})\n`);
    if (Date.now() - startedAt < settledAfterMs) process.exit(code || 1);
    setTimeout(restart, restartAfterMs);
  });
  return child;
}

function restart(): void {
  if (stopping) process.exit(0);
  server = start();
}

function stop(): void {
  if (stopping) return;
  stopping = true;
  if (server.exitCode !== null || server.signalCode !== null) process.exit(0);
  if (task.stop === undefined) server.kill('SIGTERM');
  else spawn(task.stop.command, task.stop.args, { stdio: ['ignore', log, log] });
  setTimeout(() => server.kill('SIGKILL'), task.graceMs);
  if (task.wakePort !== undefined) setInterval(wake, wakeEveryMs, task.wakePort);
}

/** Until the server ends, and this process with it. */
function wake(port: number): void {
  const socket = connect(port, '127.0.0.1', () => socket.destroy());
  socket.on('error', () => undefined);
}

process.stdin.on('end', stop).on('error', stop).resume();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
