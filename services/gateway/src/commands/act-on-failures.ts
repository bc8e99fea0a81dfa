import { findContract } from '@artdag/queues';
import type { FailureKey } from '@artdag/store';
import type { GatewayContext } from '../context.ts';
import { findFailureGroup, type NamedFailureGroup } from './failure-groups.ts';

type Context = Pick<GatewayContext, 'store' | 'producer' | 'now'>;

/** What an operator can do with a group of failures. */
export const FAILURE_ACTIONS = ['retry', 'drop'] as const;

/** One of {@link FAILURE_ACTIONS}. */
export type FailureAction = (typeof FAILURE_ACTIONS)[number];

/** A decision of an operator about a group of failures. */
export interface FailureDecision {
  readonly operator: string;
  readonly action: FailureAction;
  readonly groupId: string;
}

/** What an act has done, and how much of the group is left for a next one. */
export interface FailureOutcome {
  readonly group: NamedFailureGroup;
  readonly done: number;
  readonly remaining: number;
}

const BATCH = 500;
/** The answer comes in time whatever the size of the group. */
const ACT_FOR_MS = 3000;

/**
 * Tries all work of a group again, or drops it, as much as can be done in a few seconds; then writes
 * down how much. A second time goes on with what is left.
 */
export async function actOnFailures(
  { operator, action, groupId }: FailureDecision,
  context: Context,
): Promise<FailureOutcome> {
  const { store, now } = context;
  const group = await findFailureGroup(groupId, context);
  const startedAt = now().getTime();
  let done = 0;
  for (let ids = await store.failures.list(group, BATCH); ids.length > 0; ) {
    done += await ACTIONS[action](group, ids, context);
    if (now().getTime() - startedAt > ACT_FOR_MS) break;
    ids = await store.failures.list(group, BATCH);
  }
  await store.audit.insert({
    at: now(),
    operator,
    action: `${action}-failures`,
    target: [group.kind, group.reason, group.host].filter(Boolean).join(' '),
    count: done,
  });
  return { group, done, remaining: await store.failures.count(group) };
}

/** How many works of `workIds` it touched. */
type Act = (group: FailureKey, workIds: readonly string[], context: Context) => Promise<number>;

/** Where Redis is away, the relay enqueues what is promised again. */
const retry: Act = async ({ kind }, workIds, { store, producer, now }) => {
  const restored = await store.failures.restore(kind, workIds, now());
  const contract = findContract(kind);
  if (contract) await producer.revive(contract, workIds).catch(() => undefined);
  return restored;
};

const drop: Act = ({ kind }, workIds, { store }) => store.failures.dismiss(kind, workIds);

const ACTIONS: Readonly<Record<FailureAction, Act>> = { retry, drop };
