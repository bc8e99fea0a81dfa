import { createFederation } from '@artdag/federation';
import { createGateway } from '@artdag/gateway';
import { createL1Sync } from '@artdag/l1-sync';
import { chooseCacheDir, startLocalMongo, startLocalRedis } from '@artdag/local-servers';
import type { Environment, HealthCheck, Runtime, Service } from '@artdag/runtime';
import { createSigner } from '@artdag/signer';
import type { AllInOneConfig, StoreUrls } from './config.ts';
import { moveIn } from './move-in.ts';

/**
 * Starts all roles in this process, and a MongoDB and a Redis of their own where no URL is given.
 *
 * They stop in the reverse order: the gateway takes no more requests, federation drains, then the
 * signer, then the servers end.
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
  const checks: HealthCheck[] = [];
  const signer = config.roles.has('signer')
    ? parts.use(await createSigner(config.signer(urls), runtime))
    : undefined;
  if (signer) checks.push(...signer.checks);
  const overrides = signer && { keyring: signer.keyring };
  if (config.roles.has('federation')) {
    const federation = await createFederation(config.federation(urls), runtime, overrides);
    checks.push(...parts.use(federation).checks);
  }
  if (config.roles.has('l1-sync')) {
    const l1Sync = await createL1Sync(config.l1Sync(urls), runtime, overrides);
    checks.push(...parts.use(l1Sync).checks);
  }
  if (config.roles.has('gateway')) {
    const gateway = parts.use(await createGateway(config.gateway(urls), runtime));
    checks.push(...gateway.checks);
    announce(config, gateway.setupPath);
  }
  const started = parts.move();
  return { checks, [Symbol.asyncDispose]: () => started.disposeAsync() };
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
