import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { counterIn, histogramIn } from './metrics.ts';

const RUN_BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 10, 30];
const WAIT_BUCKETS = [0.01, 0.1, 1, 5, 30, 300, 3600];

/** Counts and logs what workers and relays do with queues. */
export function createQueueObserver(registry: Registry, logger: Logger) {
  const runs = histogramIn(registry, {
    name: 'artdag_job_run_seconds',
    help: 'Time that a finished job ran',
    labelNames: ['queue'],
    buckets: RUN_BUCKETS,
  });
  const waits = histogramIn(registry, {
    name: 'artdag_job_wait_seconds',
    help: 'Time that a finished job waited since it was enqueued',
    labelNames: ['queue'],
    buckets: WAIT_BUCKETS,
  });
  const failures = counterIn(registry, {
    name: 'artdag_job_failures_total',
    help: 'Tries that failed; final ones are set aside',
    labelNames: ['queue', 'final'],
  });
  const relayed = counterIn(registry, {
    name: 'artdag_relayed_total',
    help: 'Promises that the relay found overdue and enqueued again',
    labelNames: ['queue'],
  });
  const replaced = counterIn(registry, {
    name: 'artdag_worker_replacements_total',
    help: 'Workers that had stopped reading and were replaced',
    labelNames: ['queue'],
  });
  return {
    jobDone(queue: string, runMs: number, waitMs: number) {
      runs.observe({ queue }, runMs / 1000);
      waits.observe({ queue }, waitMs / 1000);
    },
    jobFailed(queue: string, error: Error, isFinal: boolean) {
      failures.inc({ queue, final: String(isFinal) });
      logger.warn({ queue, isFinal, err: error }, 'job failed');
    },
    workerReplaced(queue: string) {
      replaced.inc({ queue });
      logger.error({ queue }, 'the worker had stopped reading and is replaced');
    },
    relayed(queue: string, count: number) {
      relayed.inc({ queue }, count);
      logger.info({ queue, count }, 'overdue work enqueued again');
    },
    relayFailed(queue: string, error: unknown) {
      logger.warn({ queue, err: error }, 'the relay could not look for overdue work');
    },
  };
}
