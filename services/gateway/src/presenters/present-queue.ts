import type { InspectedJob } from '@artdag/queues';
import type { QueueOverview } from '../commands/describe-queues.ts';
import type { NamedFailureGroup } from '../commands/failure-groups.ts';

/** How a queue stands, in wire spelling. */
export function presentQueue({ counts, ...queue }: QueueOverview) {
  return {
    name: queue.name,
    state: queue.state,
    workers: queue.workers,
    waiting: counts.waiting,
    active: counts.active,
    delayed: counts.delayed,
    completed: counts.completed,
    failed: counts.failed,
    set_aside: queue.setAside,
    oldest_waiting_seconds: queue.oldestWaitingMs / 1000,
    completed_per_second: queue.completedPerSecond ?? null,
  };
}

/** A job, in wire spelling. */
export function presentJob(job: InspectedJob) {
  return {
    job_id: job.jobId,
    work_id: job.workId ?? null,
    enqueued_at: job.enqueuedAt.toISOString(),
    due_at: job.dueAt?.toISOString() ?? null,
    started_at: job.startedAt?.toISOString() ?? null,
    ended_at: job.endedAt?.toISOString() ?? null,
    attempts: job.attempts,
    max_attempts: job.maxAttempts,
    stalls: job.stalls,
    failure_reason: job.failureReason ?? null,
  };
}

/** A group of failures, in wire spelling. */
export function presentFailure({ groupId, kind, reason, host, ...group }: NamedFailureGroup) {
  return {
    group_id: groupId,
    kind,
    reason,
    host: host ?? null,
    count: group.count,
    oldest_at: group.oldestAt.toISOString(),
    latest_at: group.latestAt.toISOString(),
  };
}
