import { flushCompileCache } from 'node:module';
import { isAppError } from '@artdag/errors';
import type { Registry } from 'prom-client';
import type { HealthCheck } from './health.ts';
import { startInternalServer } from './internal-server.ts';
import { createLogger, type Logger } from './logger.ts';
import { exportHealth } from './metrics/export-health.ts';
import { createMetrics, gaugeIn } from './metrics/metrics-in.ts';
import type { ProcessConfig } from './settings/build-process-config.ts';
import type { Tracing } from './tracing/tracing.ts';

/** What every service of a process shares. */
export interface Runtime {
  readonly logger: Logger;
  readonly metrics: Registry;
  /** Keeps traces; nothing where none are kept. */
  readonly tracing?: Tracing | undefined;
}

/** A running service: what it must be asked to know that it is well, and how to stop it. */
export interface Service extends AsyncDisposable {
  readonly checks: readonly HealthCheck[];
}

/** How a process is run. */
export interface RunOptions {
  readonly role: string;
  readonly config: Omit<ProcessConfig, 'queuePrefix'>;
  create(runtime: Runtime): Promise<Service>;
}

/** Time for the parts that follow the drain: closing connections, stopping embedded servers. */
const FORCED_EXIT_MARGIN_MS = 10_000;

/**
 * Runs a service until SIGINT or SIGTERM: create, wait, drain, exit.
 *
 * A second signal, or a stop that takes too long, ends the process at once with status 1. A start
 * that fails prints what is wrong, one line a fault, and ends with status 1.
 */
export async function run({ role, config, create }: RunOptions): Promise<void> {
  await using tracing = await openTracing(role, config.tracing);
  const logger = createLogger({ role, level: config.logLevel, mixin: tracing?.logFields });
  const runtime = { logger, metrics: createMetrics(), tracing };
  gaugeIn(runtime.metrics, 'artdag_role_info').set({ role }, 1);
  const stop = listenForStop(logger);
  try {
    await using service = await create(runtime);
    await using _internal = await openInternalListener(service, runtime, config);
    // Here, so that a process that is killed also leaves its compiled code to those after it.
    flushCompileCache();
    await stop.requested;
    logger.info('stopping: running work is drained');
    setTimeout(
      exitNow,
      config.drainMs + FORCED_EXIT_MARGIN_MS,
      logger,
      'the drain took too long',
    ).unref();
  } catch (error) {
    reportFailure(error, logger);
  }
  logger.info('stopped');
  stop.forget();
}

/** Prints why a process cannot start: the plain sentences of an AppError, else the whole error. */
export function reportFailure(error: unknown, logger?: Logger): void {
  process.exitCode = 1;
  if (isAppError(error)) process.stderr.write(`${error.message}\n`);
  else if (logger) logger.fatal({ err: error }, 'failed');
  else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}

/** A process that keeps no traces does not load what keeps them. */
async function openTracing(
  role: string,
  config: RunOptions['config']['tracing'],
): Promise<Tracing | undefined> {
  if (!config) return undefined;
  const { startTracing } = await import('./tracing/start-tracing.ts');
  return startTracing(role, config);
}

async function openInternalListener(
  { checks }: Service,
  { metrics }: Runtime,
  { internalListener }: RunOptions['config'],
): Promise<AsyncDisposable | null> {
  if (!internalListener) return null;
  exportHealth(metrics, checks);
  return startInternalServer({ ...internalListener, metrics, checks });
}

function listenForStop(logger: Logger) {
  const { promise: requested, resolve } = Promise.withResolvers<void>();
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) exitNow(logger, 'stopped a second time');
    isStopping = true;
    resolve();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const forget = () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  return { requested, forget };
}

function exitNow(logger: Logger, why: string): never {
  logger.error(`exit without a full drain: ${why}`);
  process.exit(1);
}
