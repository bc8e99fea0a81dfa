import { type StartedServers, startTestServers } from './start-test-servers.ts';

export interface TestServers extends Pick<StartedServers, 'mongodbUrl' | 'redisUrl'> {
  release(): Promise<void>;
}

interface Shared {
  readonly started: Promise<StartedServers>;
  users: number;
}

const key = Symbol.for('artdag.testing.servers');
/** On the global object: Vitest loads the set-up once for each project, as modules of their own. */
const holder: typeof globalThis & { [key]?: Shared } = globalThis;

/** The servers of this run: the first caller starts them, the last release stops them. */
export async function shareTestServers(): Promise<TestServers> {
  holder[key] ??= { started: startTestServers(process.env), users: 0 };
  const shared = holder[key];
  shared.users += 1;
  const { mongodbUrl, redisUrl, stop } = await shared.started;
  const release = async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete holder[key];
    await stop();
  };
  return { mongodbUrl, redisUrl, release };
}
