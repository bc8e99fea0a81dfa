import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { counterIn, histogramIn } from './metrics-in.ts';

/** What is told of a run that ended. */
interface JobRun {
  readonly jobId: string;
  /** Id of the document or promise that the job is about. */
  readonly workId: string | undefined;
  readonly attempts: number;
}

interface FinishedJob extends JobRun {
  readonly runMs: number;
  readonly waitMs: number;
}

interface FailedJob extends JobRun {
  readonly error: Error;
  readonly reason: string;
  readonly isFinal: boolean;
}

/** Counts what producers, workers and relays do with queues, and logs one line a job. */
export function createQueueObserver(registry: Registry, logger: Logger) {
  const runs = histogramIn(registry, 'artdag_job_run_seconds');
  const waits = histogramIn(registry, 'artdag_job_wait_seconds');
  const tries = histogramIn(registry, 'artdag_job_attempts');
  const failures = counterIn(registry, 'artdag_job_failures_total');
  const postponements = counterIn(registry, 'artdag_job_postponements_total');
  const enqueued = counterIn(registry, 'artdag_jobs_enqueued_total');
  const relayed = counterIn(registry, 'artdag_relayed_jobs_total');
  const relayFailures = counterIn(registry, 'artdag_relay_failures_total');
  const replaced = counterIn(registry, 'artdag_worker_replacements_total');
  return {
    enqueued(queue: string, result: string, count: number) {
      enqueued.inc({ queue, result }, count);
    },
    jobDone(queue: string, job: FinishedJob) {
      runs.observe({ queue }, job.runMs / 1000);
      waits.observe({ queue }, job.waitMs / 1000);
      tries.observe({ queue }, job.attempts);
      logger.info({ queue, ...job }, 'job done');
    },
    jobFailed(queue: string, { error, reason, isFinal, ...job }: FailedJob) {
      failures.inc({ queue, outcome: isFinal ? 'exhausted' : 'retried', reason });
      logger.warn({ queue, ...job, reason, isFinal, err: error }, 'job failed');
    },
    jobPostponed(queue: string, job: JobRun, againAt: Date) {
      postponements.inc({ queue });
      logger.debug({ queue, ...job, againAt }, 'job put off');
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
      relayFailures.inc({ queue });
      logger.warn({ queue, err: error }, 'the relay could not look for overdue work');
    },
  };
}
