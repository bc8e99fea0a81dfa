import type { Queue } from 'bullmq';

/** Age of the job that has waited longest, in milliseconds; 0 where none waits. */
export async function oldestWaitingMs(queue: Queue): Promise<number> {
  const [oldest] = await queue.getJobs(['waiting'], 0, 0, true);
  return oldest ? Date.now() - oldest.timestamp : 0;
}
