import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@artdag/errors';
import { isAlive, type ProcessId, processId } from './process-id.ts';

export interface DataLock {
  /** Adds the process whose end frees the data, should this process die before it. */
  nameServer(pid: number): void;
  /** Adds where the server is reached, for other processes of the same user. */
  nameUrl(url: string): void;
  release(): void;
}

interface Holder {
  readonly owner: ProcessId;
  readonly server?: ProcessId;
  readonly url?: string;
}

const waitForOldServerMs = 30_000;

/** Takes `file` as the lock of `what`; waits for a server whose owner was killed and which is still stopping. */
export async function lockData(file: string, what: string): Promise<DataLock> {
  const owner = processId(process.pid);
  const deadline = Date.now() + waitForOldServerMs;
  while (!tryCreate(file, what, { owner })) {
    const holder = readHolder(file);
    if (holder !== undefined && isAlive(holder.owner)) throw inUse(what, holder.owner.pid);
    if (holder?.server === undefined || !isAlive(holder.server)) rmSync(file, { force: true });
    else if (Date.now() > deadline) throw inUse(what, holder.server.pid);
    else await delay(100);
  }
  let server: ProcessId | undefined;
  const write = (holder: Holder) => writeFileSync(file, JSON.stringify(holder));
  return {
    nameServer(pid) {
      server = processId(pid);
      write({ owner, server });
    },
    nameUrl: (url) => write({ owner, ...(server && { server }), url }),
    release: () => rmSync(file, { force: true }),
  };
}

/** Where the server of the data that `file` locks is reached, while its owner lives. */
export function readServerUrl(file: string): string | undefined {
  const holder = readHolder(file);
  return holder && isAlive(holder.owner) ? holder.url : undefined;
}

function tryCreate(file: string, what: string, holder: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw new AppError(
      'start-failed',
      `${what} cannot be locked: set ARTDAG_DATA to a folder that can be written`,
      { cause },
    );
  }
}

/** Our own file; one cut short by a crash counts as nobody's. */
function readHolder(file: string): Holder | undefined {
  try {
    const holder: Holder = JSON.parse(readFileSync(file, 'utf8'));
    return typeof holder.owner?.pid === 'number' ? holder : undefined;
  } catch {
    return undefined;
  }
}

function inUse(what: string, pid: number): AppError {
  return new AppError(
    'start-failed',
    `${what} is in use by process ${pid}: stop that one, or set ARTDAG_DATA to another folder`,
  );
}
