import { randomBytes } from 'node:crypto';
import { AppError } from '@artdag/errors';
import {
  createLogger,
  createMetrics,
  type Environment,
  l1Settings,
  listL1Servers,
  readSettings,
} from '@artdag/runtime';
import { Type } from 'typebox';
import type { OpenedServer } from '../open-server.ts';
import type { Terminal } from '../terminal.ts';

/** A server with all roles that works for nobody but the command that has started it. */
export interface Workshop extends AsyncDisposable {
  /** Address of its gateway, on this machine. */
  readonly url: string;
}

/** Who and what it is made for. */
export interface WorkshopOptions {
  /** An L1 that it may ask, and whose pictures it may fetch. */
  readonly studio: string;
  /** One of the world's users, who is there already: so nobody is welcomed as the first user. */
  readonly firstUser: string;
}

/** Settings that say who the server is; the others are of the process that runs beside this one. */
const KEPT = ['ARTDAG_DOMAIN', 'ARTDAG_PUBLIC_URL', 'ARTDAG_DATA', 'ARTDAG_L1', 'L1_SERVERS'];

/**
 * Starts every role in this process over the server's own database, with queues of its own, on a port
 * of its own.
 *
 * @throws AppError `start-failed`
 */
export async function startWorkshop(
  { studio, firstUser }: WorkshopOptions,
  server: OpenedServer,
  terminal: Terminal,
): Promise<Workshop> {
  const [{ readAllInOneConfig, startRoles }, { removeQueues }] = await Promise.all([
    import('@artdag/all-in-one'),
    import('@artdag/queues'),
  ]);
  await using parts = new AsyncDisposableStack();
  const redisUrl = await findRedis(server.dataDirectory, terminal, parts);
  const prefix = `artdag-seed-${randomBytes(6).toString('hex')}`;
  parts.defer(() => removeQueues(redisUrl, prefix));
  const config = readAllInOneConfig({
    ...Object.fromEntries(KEPT.map((name) => [name, terminal.env[name]])),
    L1_SERVERS: [...configuredL1s(terminal.env), studio].join(','),
    ARTDAG_ALLOWED_HOSTS: new URL(studio).host,
    ARTDAG_USER: firstUser,
    ARTDAG_QUEUE_PREFIX: prefix,
    ARTDAG_TRUST_PROXY: '127.0.0.1',
    HOST: '127.0.0.1',
  });
  const anyPort: typeof config = {
    ...config,
    gateway: (urls) => ({ ...config.gateway(urls), port: 0 }),
  };
  const logger = createLogger({ role: 'seed', level: 'silent' });
  const urls = { mongodbUrl: server.mongodbUrl, redisUrl };
  const roles = await startRoles(anyPort, urls, { logger, metrics: createMetrics() });
  parts.use(roles);
  if (!roles.gateway) throw new AppError('internal', 'The roles have no gateway.');
  const started = parts.move();
  return { url: roles.gateway.address, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

/** The L1s that the server works with: what waits for them may be gone on with meanwhile. */
export function configuredL1s(env: Environment): string[] {
  return listL1Servers(readSettings(Type.Object(l1Settings), env));
}

async function findRedis(
  dataDir: string,
  { env, note }: Terminal,
  parts: AsyncDisposableStack,
): Promise<string> {
  const given = env['REDIS_URL']?.trim();
  if (given) return given;
  const servers = await import('@artdag/local-servers');
  const running = servers.findRunningServer('redis', dataDir);
  if (running !== undefined) return running;
  const log = {
    info: () => undefined,
    warn: (_: object, message: string) => note(`${message}\n`),
  };
  const cacheDir = servers.chooseCacheDir(env);
  return parts.use(await servers.startLocalRedis({ dataDir, cacheDir, log, env })).url;
}
