import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisCommand } from './process-redis-command.ts';
import { type ProcessServer, startRedisServer } from './process-server.ts';
import { waitFor } from './process-wait.ts';

/** A primary with a replica, and a sentinel that puts the replica in its place. */
export interface WatchedRedis extends AsyncDisposable {
  readonly url: string;
  readonly primary: ProcessServer;
  readonly replica: ProcessServer;
}

const NAME = 'artdag';

/** Starts a primary, a replica of it and one sentinel on this machine. */
export async function startWatchedRedis(): Promise<WatchedRedis> {
  await using parts = new AsyncDisposableStack();
  const primary = parts.use(await startRedisServer());
  const last = ['--replicaof', '127.0.0.1', String(primary.port)];
  const replica = parts.use(await startRedisServer({ last }));
  await waitFor('the replica has its copy', async () =>
    (await redisCommand(replica.url, 'INFO', 'replication')).includes('master_link_status:up'),
  );
  const directory = await mkdtemp(join(tmpdir(), 'artdag-sentinel-'));
  parts.defer(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'sentinel.conf');
  await writeFile(file, configure(primary.port));
  const sentinel = parts.use(await startRedisServer({ first: [file], last: ['--sentinel'] }));
  await waitFor('the sentinel knows the replica', async () =>
    (await redisCommand(sentinel.url, 'SENTINEL', 'REPLICAS', NAME)).includes(String(replica.port)),
  );
  const started = parts.move();
  return {
    url: `redis+sentinel://127.0.0.1:${sentinel.port}/${NAME}`,
    primary,
    replica,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function configure(port: number): string {
  return `sentinel monitor ${NAME} 127.0.0.1 ${port} 1
sentinel down-after-milliseconds ${NAME} 300
sentinel failover-timeout ${NAME} 2000
`;
}
