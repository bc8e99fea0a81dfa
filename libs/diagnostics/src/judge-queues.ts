import type { QueueReport } from '@artdag/queues';
import { type Finding, failure, ok, warning } from './finding.ts';

const OLD_MS = 60_000;
const STUCK_MS = 600_000;
/** So few lost jobs tell nothing: a rolling restart leaves some. */
const FEW = 20;
const TIMES_USUAL = 5;

/** Judges how the queues stand. */
export function judgeQueues(reports: readonly QueueReport[]): Finding[] {
  return [judgeWorkers(reports), judgeWait(reports), judgePause(reports), judgeRelay(reports)];
}

/** Queues that nobody serves. */
export function judgeWorkers(reports: readonly QueueReport[]): Finding {
  const idle = reports.filter(({ workers }) => workers === 0).map(({ name }) => name);
  if (idle.length === 0) return ok('queue-workers', 'every queue has a worker');
  return failure(
    'queue-workers',
    `queue without a worker: ${idle.join(', ')}`,
    'Start the role that serves it (docs/operations.md names it), or see why it ended.',
  );
}

/** Whether the relays find more lost work than they do otherwise. */
export function judgeRelay(reports: readonly QueueReport[]): Finding {
  const odd = reports.filter(
    ({ relayed: { recently, usually } }) => recently > Math.max(FEW, TIMES_USUAL * usually),
  );
  if (odd.length === 0) return ok('relay', 'finds no more than usual');
  const found = odd.map(({ name, relayed }) => `${relayed.recently} of ${name}`).join(', ');
  return warning(
    'relay',
    `relay finds more than usual: in five minutes ${found}`,
    'Look for processes that crash, and whether Redis was emptied or restarted without its AOF.',
  );
}

function judgeWait(reports: readonly QueueReport[]): Finding {
  const old = reports.filter((report) => report.oldestWaitingMs > OLD_MS && !report.isPaused);
  if (old.length === 0) return ok('queue-wait', 'nothing waits for more than a minute');
  const waits = old
    .map(({ name, oldestWaitingMs }) => `${name} ${Math.round(oldestWaitingMs / 1000)} s`)
    .join(', ');
  const isStuck = old.some(({ oldestWaitingMs }) => oldestWaitingMs > STUCK_MS);
  return (isStuck ? failure : warning)(
    'queue-wait',
    `the oldest waiting work: ${waits}`,
    'Start more workers of that role; if jobs are active and none ends, restart it.',
  );
}

function judgePause(reports: readonly QueueReport[]): Finding {
  const paused = reports.filter(({ isPaused }) => isPaused).map(({ name }) => name);
  if (paused.length === 0) return ok('queue-pause', 'no queue is paused');
  return warning(
    'queue-pause',
    `paused: ${paused.join(', ')}`,
    `Let it go on: artdag-l2 queues resume ${paused[0]}`,
  );
}
