import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chooseCacheDir,
  type Launch,
  type LocalServerOptions,
  mongoKind,
  redisKind,
  type ServerKind,
} from '@artdag/local-servers';
import { type ProcessChild, type ProcessEnd, startChild } from './process-child.ts';
import { freePort } from './process-free-port.ts';
import { waitFor } from './process-wait.ts';

/** A database server of a test's own, which can be killed, stopped and brought back on its data. */
export interface ProcessServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Its process now. */
  pid(): number;
  /** Whether it serves requests now. */
  answers(): Promise<boolean>;
  kill(signal: NodeJS.Signals): Promise<ProcessEnd>;
  /** Starts it again on the same port and data, and waits until it answers. */
  start(): Promise<void>;
  /** SIGSTOP: it keeps its connections and answers nothing. */
  pause(): void;
  resume(): void;
}

/** Arguments that stand before and after those of every test server. */
export interface MoreArguments {
  readonly first?: readonly string[];
  readonly last?: readonly string[];
}

/** Starts a MongoDB server that is a process of this machine, on data of its own; `more` arguments are added to its own. */
export const startMongoServer = (more?: MoreArguments) => startServer(mongoKind, more);

/** Starts a Redis server that is a process of this machine, on data of its own; `more` arguments are added to its own. */
export const startRedisServer = (more?: MoreArguments) => startServer(redisKind, more);

async function startServer(
  kindOf: (options: LocalServerOptions) => ServerKind,
  { first = [], last = [] }: MoreArguments = {},
): Promise<ProcessServer> {
  const root = await mkdtemp(join(tmpdir(), 'artdag-faults-'));
  const dataDir = join(root, 'data');
  await mkdir(dataDir);
  const kind = kindOf(optionsIn(root));
  const port = await freePort();
  const launch = await findLaunch(kind, { port, dataDir });
  let child: ProcessChild;

  async function start() {
    child = startChild({
      ...launch,
      args: [...first, ...launch.args, ...last],
      env: { ...process.env, ...launch.env },
    });
    await waitFor(
      `${kind.name} answers`,
      () => {
        if (child.hasEnded()) throw new Error(child.output());
        return kind.answers(port);
      },
      60_000,
    );
  }
  await start();

  return {
    url: kind.url(port),
    port,
    pid: () => child.pid,
    answers: () => kind.answers(port),
    kill: (signal) => child.end(signal),
    start,
    pause: () => child.signal('SIGSTOP'),
    resume: () => child.signal('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function optionsIn(dataDir: string): LocalServerOptions {
  const log = { info: () => undefined, warn: () => undefined };
  return { dataDir, cacheDir: chooseCacheDir(process.env), log, env: process.env };
}

/** The first server of the chain that signals reach: those to a Docker client stop at the client. */
async function findLaunch(
  kind: ServerKind,
  place: { port: number; dataDir: string },
): Promise<Launch> {
  for (const candidate of kind.candidates) {
    const found = await candidate.find();
    if ('missing' in found) continue;
    const launch = found.launch(place);
    if (launch.stop === undefined) return launch;
  }
  throw new Error(`no ${kind.name} server that can run as a process is found`);
}
