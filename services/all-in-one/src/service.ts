import { chooseCacheDir, startLocalMongo, startLocalRedis } from '@artdag/local-servers';
import type { Environment, Runtime, Service } from '@artdag/runtime';
import type { AllInOneConfig, StoreUrls } from './config.ts';
import { moveIn } from './move-in.ts';
import { startRoles } from './start-roles.ts';

/**
 * Starts all roles in this process, and a MongoDB and a Redis of their own where no URL is given.
 *
 * The roles stop first, then the servers end.
 *
 * @throws AppError `start-failed` with one sentence that says what to do.
 */
export async function createAllInOne(
  config: AllInOneConfig,
  runtime: Runtime,
  env: Environment,
): Promise<Service> {
  await using parts = new AsyncDisposableStack();
  const urls = await findStores(config, runtime, env, parts);
  await moveIn(config, urls.mongodbUrl, runtime.logger);
  const roles = parts.use(await startRoles(config, urls, runtime));
  if (roles.gateway) announce(config, roles.gateway.setupPath);
  const started = parts.move();
  return { checks: roles.checks, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

async function findStores(
  { given, dataDirectory }: AllInOneConfig,
  { logger }: Runtime,
  env: Environment,
  parts: AsyncDisposableStack,
): Promise<StoreUrls> {
  const options = { dataDir: dataDirectory, cacheDir: chooseCacheDir(env), log: logger, env };
  const mongodbUrl = given.mongodbUrl ?? parts.use(await startLocalMongo(options)).url;
  const redisUrl = given.redisUrl ?? parts.use(await startLocalRedis(options)).url;
  return { mongodbUrl, redisUrl };
}

/** The link is a secret of the person at the terminal, so it goes there and not into the log. */
function announce({ port }: AllInOneConfig, setupPath: string | undefined): void {
  process.stderr.write(`\nArt DAG L2 is ready at http://localhost:${port}/\n`);
  if (setupPath === undefined) return;
  process.stderr.write(
    `Set the first operator's password within 30 minutes at http://localhost:${port}${setupPath}\n`,
  );
}
