import { AppError } from '@artdag/errors';
import type { QueueContract } from '@artdag/queues';
import type { GatewayContext } from '../context.ts';

type Context = Pick<GatewayContext, 'inspector' | 'producer' | 'store' | 'now'>;

/** What an operator can do with a queue. */
export const QUEUE_ACTIONS = ['pause', 'resume'] as const;

/** What an operator can do with one job. */
export const JOB_ACTIONS = ['retry', 'promote', 'drop'] as const;

/** One of {@link QUEUE_ACTIONS}. */
export type QueueAction = (typeof QUEUE_ACTIONS)[number];

/** One of {@link JOB_ACTIONS}. */
export type JobAction = (typeof JOB_ACTIONS)[number];

/** A decision of an operator about a queue. */
export interface QueueDecision {
  readonly operator: string;
  readonly contract: QueueContract;
  readonly action: QueueAction;
}

/** A decision of an operator about the work of one document. */
export interface JobDecision extends Omit<QueueDecision, 'action'> {
  readonly action: JobAction;
  readonly workId: string;
}

/** Pauses or resumes a queue, then writes that down. A second time has the same effect. */
export async function actOnQueue(decision: QueueDecision, context: Context): Promise<void> {
  const { operator, contract, action } = decision;
  await context.inspector[action](contract);
  await context.store.audit.insert({
    at: context.now(),
    operator,
    action: `${action}-queue`,
    target: contract.name,
  });
}

/**
 * Carries out a decision about one work, then writes it down. What decides is the promise in the
 * document: the relay brings back a job whose work is promised, whatever became of the job.
 *
 * @throws AppError `not-found` where nothing is there to act on.
 */
export async function actOnJob(decision: JobDecision, context: Context): Promise<void> {
  const { operator, contract, action, workId } = decision;
  if (!(await ACTIONS[action](decision, context))) {
    throw new AppError('not-found', `There is nothing to ${action} under this id.`);
  }
  await context.store.audit.insert({
    at: context.now(),
    operator,
    action: `${action}-job`,
    target: `${contract.name} ${workId}`,
    count: 1,
  });
}

/** Whether there was something to do. */
type Act = (decision: JobDecision, context: Context) => Promise<boolean>;

/** The relay does the same a little later where Redis is away. */
const retry: Act = async ({ contract, workId }, { store, producer, now }) => {
  const restored = await store.failures.restore(contract.name, [workId], now());
  if (restored === 0) return false;
  await producer.revive(contract, [workId]).catch(() => undefined);
  return true;
};

const promote: Act = async ({ contract, workId }, { inspector, producer }) => {
  const job = await inspector.findJob(contract, workId);
  if (job?.state !== 'delayed') return false;
  await producer.hurry(contract, [workId]);
  return true;
};

/** The promise goes first: the other way round, the relay could bring the job back in between. */
const drop: Act = async ({ operator, contract, workId }, { store, inspector, now }) => {
  const kind = contract.name;
  const wasPromised = await store.failures.drop(kind, workId, `dropped by ${operator}`, now());
  const wasSetAside = (await store.failures.dismiss(kind, [workId])) > 0;
  const wasQueued = await inspector.removeJob(contract, workId);
  return wasPromised || wasSetAside || wasQueued;
};

const ACTIONS: Readonly<Record<JobAction, Act>> = { retry, promote, drop };
