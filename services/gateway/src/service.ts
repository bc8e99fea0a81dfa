import { createIris } from '@artdag/activitypub';
import { createHealthChecks } from '@artdag/diagnostics';
import { AppError } from '@artdag/errors';
import {
  allContracts,
  createKeys,
  createQueueInspector,
  listenForCompletions,
  recordRun,
  refreshActor,
  resolveActor,
  resolveObject,
  signActivity,
} from '@artdag/queues';
import { connectBackends } from '@artdag/roles';
import { counterIn, type Runtime, type Service } from '@artdag/runtime';
import { createApp } from './app.ts';
import { createTokenKeys } from './auth/create-token-keys.ts';
import { createTokens } from './auth/tokens.ts';
import { startBoard } from './board/start-board.ts';
import { listFailures } from './commands/failure-groups.ts';
import { createPatientCount } from './commands/patient-count.ts';
import { welcomeFirstUser } from './commands/welcome-first-user.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayContext } from './context.ts';
import { createInbox } from './inbox/create-inbox.ts';
import { exportPeers } from './metrics/export-peers.ts';
import { exportQueues } from './metrics/export-queues.ts';

/** A gateway that listens. */
export interface Gateway extends Service {
  /** The URL under which this machine reaches it. */
  readonly address: string;
  /** Path of the one-time link for the first operator's password, while he has none. */
  readonly setupPath: string | undefined;
}

/** What a test puts in the place of a part. */
export type GatewayOverrides = Partial<Pick<GatewayContext, 'now'>>;

/**
 * Starts a gateway.
 *
 * @throws AppError `start-failed` where MongoDB cannot be reached or the port is in use.
 */
export async function createGateway(
  config: GatewayConfig,
  runtime: Runtime,
  overrides: GatewayOverrides = {},
): Promise<Gateway> {
  const { logger, metrics, tracing } = runtime;
  await using parts = new AsyncDisposableStack();
  const { store, producer, queues } = parts.use(await connectBackends(config, runtime));
  const keyLookUps = counterIn(metrics, 'artdag_key_cache_lookups_total');
  const now = overrides.now ?? (() => new Date());
  const inbox = createInbox({
    store,
    producer,
    refreshed: parts.use(listenForCompletions(refreshActor, queues)),
    postsPerMinute: config.inboxPostsPerMinute,
    onKeyLookUp: (isHit) => keyLookUps.inc({ result: isHit ? 'hit' : 'miss' }),
    now,
  });
  parts.use(inbox);
  const inspector = parts.use(createQueueInspector(queues));
  const tokenKeys = await createTokenKeys(config, store, logger);
  const context: GatewayContext = {
    config,
    store,
    producer,
    inspector,
    failureCount: createPatientCount(() => listFailures({ store }), now),
    completions: {
      signActivity: parts.use(listenForCompletions(signActivity, queues)),
      createKeys: parts.use(listenForCompletions(createKeys, queues)),
      resolveActor: parts.use(listenForCompletions(resolveActor, queues)),
      resolveObject: parts.use(listenForCompletions(resolveObject, queues)),
      recordRun: parts.use(listenForCompletions(recordRun, queues)),
    },
    inbox,
    tokens: createTokens({ keys: tokenKeys, publicUrl: config.publicUrl }),
    tokenKeys,
    iris: createIris(config.publicUrl),
    logger,
    metrics,
    tracing,
    // Redis is not asked for: without it registrations are still taken, and signed later.
    checks: [
      { name: 'mongodb', check: () => store.ping() },
      ...createHealthChecks({ store, inspector, contracts: allContracts, isWorker: false, now }),
    ],
    now,
  };
  const setupPath = await welcomeFirstUser(context);
  exportQueues(context);
  exportPeers(context);
  if (config.board) parts.use(await startBoard(config.board, context));
  const app = await createApp(context);
  parts.defer(() => app.close());
  const address = await listen(() => app.listen({ host: config.host, port: config.port }), config);
  logger.info({ host: config.host, port: config.port }, 'gateway ready');
  const started = parts.move();
  return {
    address,
    setupPath,
    checks: context.checks,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function listen(
  start: () => Promise<string>,
  { host, port }: GatewayConfig,
): Promise<string> {
  try {
    return await start();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new AppError(
        'start-failed',
        `Port ${port} is in use: stop what uses it, or set PORT to a free one.`,
        {
          cause,
        },
      );
    }
    throw new AppError(
      'start-failed',
      `The gateway cannot listen on ${host}:${port}: set HOST and PORT.`,
      { cause },
    );
  }
}
