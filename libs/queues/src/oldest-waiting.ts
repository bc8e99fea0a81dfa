import type { Job, Queue } from 'bullmq';

/** Age of the job that has waited longest, in milliseconds; 0 where none waits. */
export async function oldestWaitingMs(queue: Queue): Promise<number> {
  const [oldest] = await queue.getJobs(['waiting'], 0, 0, true);
  return oldest ? Math.max(0, Date.now() - waitingSince(oldest)) : 0;
}

/**
 * When a waiting job began to wait: when it was enqueued, when its time had come after it was put
 * off, or at the earliest when it was tried last.
 */
function waitingSince(job: Job): number {
  return Math.max(dueSince(job), job.processedOn ?? 0);
}

/** Since when a job should run: since it was enqueued, or since the time to which it was put off. */
export function dueSince({ data, timestamp }: Pick<Job, 'data' | 'timestamp'>): number {
  return typeof data?.dueAt === 'number' ? data.dueAt : timestamp;
}
