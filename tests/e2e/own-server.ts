import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProcesses, freePort, type ProcessChild, startChild, waitFor } from '@artdag/testing';

/** A data directory of a test's own, and servers on it as users start them. */
export interface OwnServer extends AsyncDisposable {
  readonly dataDir: string;
  readonly url: string;
  readonly port: number;
  /** Starts it without waiting for anything. */
  spawn(env?: Readonly<Record<string, string>>): ProcessChild;
  /** Starts it and waits until it is ready. */
  start(env?: Readonly<Record<string, string>>): Promise<ProcessChild>;
  /** Processes that work on the data directory. */
  processes(): string[];
}

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** What `npm start` runs, and what does the same as a command. */
const PROGRAMS = {
  'npm start': [at('services/all-in-one/src/main.ts')],
  'artdag-l2 serve': [at('tools/cli/src/main.ts'), 'serve'],
} as const;
/** What finds and installs programs; no setting of the product. */
const PASSED_ON = ['PATH', 'HOME', 'ARTDAG_CACHE', 'XDG_CACHE_HOME', 'TMPDIR', 'PIP_CONFIG_FILE'];
const START_MS = 100_000;

/** A server that is not yet started, on an empty data directory and a free port. */
export async function createOwnServer(
  program: keyof typeof PROGRAMS = 'npm start',
): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'artdag-e2e-'));
  const children: ProcessChild[] = [];
  const processes = () => findProcesses(dataDir);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const shared = Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]]));

  function spawn(env: Readonly<Record<string, string>> = {}) {
    const own = { ARTDAG_DATA: dataDir, PORT: String(port), HOST: '127.0.0.1' };
    const child = startChild({
      command: process.execPath,
      args: [...PROGRAMS[program]],
      env: { ...shared, ...own, ARTDAG_JWT_SECRET_FILE: join(dataDir, 'none'), ...env },
    });
    children.push(child);
    return child;
  }
  async function start(env?: Readonly<Record<string, string>>) {
    const child = spawn(env);
    await waitFor(
      'the server is ready',
      async () => child.hasEnded() || (await fetch(`${url}/health/ready`)).ok,
      START_MS,
    );
    if (child.hasEnded()) throw new Error(`ended at its start:\n${child.output()}`);
    return child;
  }
  return {
    dataDir,
    url,
    port,
    spawn,
    start,
    processes,
    async [Symbol.asyncDispose]() {
      for (const child of children) await child[Symbol.asyncDispose]();
      // The databases of a killed process take a moment to end, and write to the directory meanwhile.
      await waitFor('no process is left', () => processes().length === 0);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
