import { AppError } from '@artdag/errors';
import type { Env, Found, ServerKind } from '../local-server.ts';
import { freePort } from './free-port.ts';
import { readLogTail } from './read-log-tail.ts';
import { type Supervised, supervise } from './supervise.ts';
import { waitUntil } from './wait-until.ts';

interface ServerRun {
  readonly kind: ServerKind;
  readonly found: Found;
  readonly dataDir: string;
  readonly logFile: string;
  readonly env: Env;
  /** Told the pid of each attempt at once: the next owner waits for its end. */
  readonly onStart: (pid: number) => void;
}

interface RunningServer extends Pick<Supervised, 'stop'> {
  readonly url: string;
}

const attempts = 3;
const readyWithinMs = 120_000;

/** Starts the server on a free port and waits until it answers; another port is tried when that one was taken meanwhile. */
export async function runServer(run: ServerRun): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const supervised = supervise(
      run.found.launch({ port, dataDir: run.dataDir }),
      run.logFile,
      run.env,
    );
    run.onStart(supervised.pid);
    if (await becomesReady(supervised, run.kind, port)) {
      supervised.release();
      return { url: run.kind.url(port), stop: supervised.stop };
    }
    const timedOut = !supervised.hasEnded();
    await supervised.stop();
    const tail = await readLogTail(run.logFile);
    if (timedOut || attempt === attempts || !isPortTaken(tail))
      throw notStarted(run, timedOut, tail);
  }
}

function becomesReady(supervised: Supervised, kind: ServerKind, port: number): Promise<boolean> {
  return waitUntil({
    isTrue: () => kind.answers(port),
    isHopeless: supervised.hasEnded,
    withinMs: readyWithinMs,
  });
}

/** The servers have no exit code of their own for this. */
function isPortTaken(tail: string): boolean {
  return /in use|EADDRINUSE|already allocated/i.test(tail);
}

function notStarted(
  { kind, found, logFile }: ServerRun,
  timedOut: boolean,
  tail: string,
): AppError {
  const how = timedOut ? `did not answer within ${readyWithinMs / 1000} s` : 'ended at its start';
  return new AppError(
    'start-failed',
    `${kind.name} (${found.description}) ${how}; its log is ${logFile} and ends with: ${tail}`,
  );
}
