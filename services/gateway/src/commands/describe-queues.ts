import type { QueueReport } from '@artdag/queues';
import type { GatewayContext } from '../context.ts';

type Context = Pick<GatewayContext, 'inspector' | 'store'>;

/** How a queue stands, in a word. */
export type QueueState = 'paused' | 'no workers' | 'working' | 'idle';

/** A queue, and what was given up of its work. */
export interface QueueOverview extends QueueReport {
  readonly state: QueueState;
  /** Works that were given up and wait for an operator. */
  readonly setAside: number;
}

/** Every queue. */
export async function describeQueues({ inspector, store }: Context): Promise<QueueOverview[]> {
  const [reports, groups] = await Promise.all([inspector.inspectAll(), store.failures.groups()]);
  return reports.map((report) => ({
    ...report,
    state: stateOf(report),
    setAside: groups
      .filter(({ kind }) => kind === report.name)
      .reduce((sum, { count }) => sum + count, 0),
  }));
}

function stateOf({ isPaused, workers, counts }: QueueReport): QueueState {
  if (isPaused) return 'paused';
  if (workers === 0) return 'no workers';
  return counts.active + counts.waiting > 0 ? 'working' : 'idle';
}
