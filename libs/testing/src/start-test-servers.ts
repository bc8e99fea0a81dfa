import { rm } from 'node:fs/promises';
import {
  chooseCacheDir,
  dockerEngine,
  mongoImage,
  redisImage,
  startLocalMongo,
  startLocalRedis,
} from '@artdag/local-servers';
import { makeServerFolder } from './make-server-folder.ts';

export interface StartedServers {
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** `MONGODB_URL` and `REDIS_URL` where set; else containers where a Docker engine answers; else local servers. */
export async function startTestServers(env: Env): Promise<StartedServers> {
  await using stack = new AsyncDisposableStack();
  const needed = { mongo: !env['MONGODB_URL'], redis: !env['REDIS_URL'] };
  const isDockerThere = (needed.mongo || needed.redis) && !('missing' in (await dockerEngine(env)));
  const start = isDockerThere ? startContainers : startLocalServers;
  const urls = await start(needed, env, stack);
  const started = stack.move();
  return {
    mongodbUrl: env['MONGODB_URL'] || urls.mongo,
    redisUrl: env['REDIS_URL'] || urls.redis,
    stop: () => started.disposeAsync(),
  };
}

interface Needed {
  readonly mongo: boolean;
  readonly redis: boolean;
}

interface Urls {
  readonly mongo: string;
  readonly redis: string;
}

async function startContainers(
  needed: Needed,
  _env: Env,
  stack: AsyncDisposableStack,
): Promise<Urls> {
  const { GenericContainer } = await import('testcontainers');
  const start = async (image: string, port: number) => {
    const container = await new GenericContainer(image).withExposedPorts(port).start();
    stack.defer(async () => void (await container.stop()));
    return `${container.getHost()}:${container.getMappedPort(port)}`;
  };
  return {
    mongo: needed.mongo ? `mongodb://${await start(mongoImage, 27017)}/?directConnection=true` : '',
    redis: needed.redis ? `redis://${await start(redisImage, 6379)}` : '',
  };
}

async function startLocalServers(
  needed: Needed,
  env: Env,
  stack: AsyncDisposableStack,
): Promise<Urls> {
  if (!needed.mongo && !needed.redis) return { mongo: '', redis: '' };
  const dataDir = await makeServerFolder();
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const log = { info: () => undefined, warn: () => undefined };
  const options = { dataDir, cacheDir: chooseCacheDir(env), log, env };
  return {
    mongo: needed.mongo ? stack.use(await startLocalMongo(options)).url : '',
    redis: needed.redis ? stack.use(await startLocalRedis(options)).url : '',
  };
}
