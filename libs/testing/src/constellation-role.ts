import { fileURLToPath } from 'node:url';
import { type ProcessChild, type ProcessEnd, startChild } from './process-child.ts';
import { waitFor } from './process-wait.ts';

/** One service as a process of its own. */
export interface Role extends AsyncDisposable {
  /** `gateway-0`, `signer-1` … */
  readonly name: string;
  /** Where it is asked for its health; for a gateway also where clients go. */
  readonly url: string;
  /** Starts it and waits until it is ready to serve. */
  start(): Promise<void>;
  /** Sends the signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<ProcessEnd>;
  isReady(): Promise<boolean>;
  /** Its process now. */
  pid(): number;
  /** What all its processes have written so far. */
  log(): string;
}

/** What a role is started from. */
export interface RoleOptions {
  readonly name: string;
  /** Folder below `services/`. */
  readonly service: string;
  readonly env: Readonly<Record<string, string>>;
  /** Port that answers `/health/ready`. */
  readonly port: number;
}

const services = fileURLToPath(new URL('../../../services/', import.meta.url));

/** A role that is not yet started. */
export function createRole({ name, service, env, port }: RoleOptions): Role {
  const url = `http://127.0.0.1:${port}`;
  const args = [`${services}${service}/src/main.ts`];
  const children: ProcessChild[] = [];

  async function isReady() {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3000) });
    await response.body?.cancel();
    return response.ok;
  }
  return {
    name,
    url,
    isReady: () => isReady().catch(() => false),
    async start() {
      const child = startChild({ command: process.execPath, args, env });
      children.push(child);
      await Promise.race([
        waitFor(`${name} is ready`, isReady, 30_000),
        child.ended.then((end) => {
          throw new Error(`${name} ended at its start: ${JSON.stringify(end)}\n${child.output()}`);
        }),
      ]);
    },
    async kill(signal) {
      const child = children.at(-1);
      if (!child) throw new Error(`${name} was never started`);
      return child.end(signal);
    },
    pid: () => children.at(-1)?.pid ?? 0,
    log: () => children.map((child) => child.output()).join(''),
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map((child) => child[Symbol.asyncDispose]()));
    },
  };
}
