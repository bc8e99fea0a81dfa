import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { TObject } from 'typebox';
import { closeInTime } from './close-in-time.ts';
import { describeRun, type FailureReason, failureReason, type JobRun } from './job-run.ts';
import type { JobTelemetry } from './job-telemetry.ts';
import { type CommandObserver, observeCommands } from './observe-commands.ts';
import { dueSince, oldestWaitingMs } from './oldest-waiting.ts';
import { cappedBackoff, keyPrefix, openQueue } from './open-queue.ts';
import { connectWorkerRedis, type RedisConnection } from './redis.ts';
import { type IsOutage, type JobHandler, notePutOff, runJob } from './run-job.ts';

/** Who hears how jobs end. Times are in milliseconds. */
export interface JobObserver {
  jobDone(queue: string, job: JobRun & { runMs: number; waitMs: number }): void;
  jobFailed(
    queue: string,
    job: JobRun & { error: Error; reason: FailureReason; isFinal: boolean },
  ): void;
  jobPostponed(queue: string, job: JobRun, againAt: Date): void;
  workerReplaced(queue: string): void;
}

/** How a consumer is made. */
export interface ConsumerOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly isOutage: IsOutage;
  readonly observer: JobObserver;
  readonly commands?: CommandObserver;
  readonly telemetry?: JobTelemetry | undefined;
  /** Jobs at once, in place of the contract's number. */
  readonly concurrency?: number;
}

/** The worker of one queue. */
export interface Consumer extends AsyncDisposable {
  /** Throws, with the reason, where the queue is not served: no PING, but work that waits. */
  check(): Promise<void>;
}

/**
 * The lock of a job outlives its process by at most 6 s, and the check for such jobs runs every
 * second: work is back within 8 s after a SIGKILL. Where a process is only held up for longer, its
 * work is done twice, which has one effect.
 */
const LOCK_MS = 6000;
const STALLED_CHECK_MS = 1000;
/** Deaths are counted in the document; this number only has to be larger than that limit. */
const MAX_STALLED = 20;
/** A worker that met a broken connection looks again after this time; the library's own 15 s are far too long. */
const RETRY_AFTER_MS = 250;
const STUCK_AFTER_MS = 30_000;
const WATCH_EVERY_MS = 10_000;

/**
 * Serves a queue until it is disposed of, which waits for the running jobs.
 *
 * A worker can stop reading after a reconnect while everything looks well. So a watch replaces one
 * that has done nothing for 30 s although work has been waiting for that long.
 */
export function createConsumer<S extends TObject>(
  handler: JobHandler<S>,
  options: ConsumerOptions,
): Consumer {
  const { contract } = handler;
  const { redis, giveUp } = connectWorkerRedis(options.redisUrl);
  observeCommands(redis, options.commands);
  const running = new Set<Promise<unknown>>();
  const queue = openQueue(contract, { redis, prefix: options.prefix });
  let lastSignOfLife = Date.now();
  let worker = start();

  function start(): Worker {
    const started = createWorker(handler, redis, options, running);
    for (const event of ['active', 'completed', 'failed', 'drained'] as const) {
      started.on(event, () => {
        lastSignOfLife = Date.now();
      });
    }
    return started;
  }

  async function isStuck(): Promise<boolean> {
    if (Date.now() - lastSignOfLife < STUCK_AFTER_MS) return false;
    return (await oldestWaitingMs(queue)) > STUCK_AFTER_MS;
  }

  const watch = setInterval(async () => {
    if (!(await isStuck().catch(() => false))) return;
    options.observer.workerReplaced(contract.name);
    lastSignOfLife = Date.now();
    void worker.close(true).catch(() => undefined);
    worker = start();
  }, WATCH_EVERY_MS);

  return {
    async check() {
      if (redis.status !== 'ready') throw new Error(`${contract.name}: Redis is away`);
      if (await isStuck()) throw new Error(`${contract.name}: work waits and none is done`);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(watch);
      giveUp();
      const closing = worker.close(redis.status !== 'ready');
      while (running.size > 0) await Promise.allSettled(running);
      await closeInTime(closing);
      await closeInTime(queue.close());
      redis.disconnect();
    },
  };
}

function createWorker<S extends TObject>(
  handler: JobHandler<S>,
  redis: RedisConnection,
  options: ConsumerOptions,
  running: Set<Promise<unknown>>,
): Worker {
  const { contract } = handler;
  const { observer } = options;

  async function runOrPostpone(job: Job, token?: string): Promise<void> {
    const run = runJob(job, handler, options.isOutage);
    running.add(run);
    const outcome = await run.finally(() => running.delete(run));
    if (!outcome) return;
    await notePutOff(job, outcome.againAt);
    await job.moveToDelayed(outcome.againAt.getTime(), token);
    observer.jobPostponed(contract.name, describeRun(job, contract), outcome.againAt);
    throw new DelayedError();
  }

  const worker = new Worker(contract.name, runOrPostpone, {
    connection: redis,
    prefix: keyPrefix(options.prefix, contract.name),
    concurrency: options.concurrency ?? contract.concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: MAX_STALLED,
    runRetryDelay: RETRY_AFTER_MS,
    ...(options.telemetry && { telemetry: options.telemetry }),
    settings: { backoffStrategy: (made) => cappedBackoff(made, contract.backoffMs) },
  });
  worker.on('error', () => undefined);
  worker.on('completed', (job) => {
    observer.jobDone(contract.name, { ...describeRun(job, contract), ...timesOf(job) });
  });
  worker.on('failed', (job, error) => {
    // BullMQ knows no job where it found one that died too often and is gone since.
    if (!job) return;
    observer.jobFailed(contract.name, {
      ...describeRun(job, contract),
      error,
      reason: failureReason(error, options.isOutage),
      isFinal: error instanceof UnrecoverableError || job.attemptsMade >= contract.attempts,
    });
  });
  return worker;
}

function timesOf(job: Job) {
  const startedAt = job.processedOn ?? job.timestamp;
  return {
    runMs: (job.finishedOn ?? startedAt) - startedAt,
    waitMs: Math.max(0, startedAt - dueSince(job)),
  };
}
