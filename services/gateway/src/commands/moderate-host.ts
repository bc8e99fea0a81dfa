import { deliverActivity } from '@artdag/queues';
import type { GatewayContext } from '../context.ts';

type Context = Pick<GatewayContext, 'store' | 'producer' | 'now'>;

/** What an operator can do about a peer's host. */
export const HOST_ACTIONS = ['block', 'allow', 'pause', 'resume', 'retry', 'drop'] as const;

/** One of {@link HOST_ACTIONS}. */
export type HostAction = (typeof HOST_ACTIONS)[number];

/** A decision of an operator. */
export interface HostDecision {
  readonly operator: string;
  readonly action: HostAction;
  /** In its normal form. */
  readonly host: string;
}

const MAX_HURRIED = 5000;

/**
 * Carries a decision out, then writes it down; returns how many deliveries it touched. A second
 * time has the same effect.
 */
export async function moderateHost(decision: HostDecision, context: Context): Promise<number> {
  const { operator, action, host } = decision;
  const count = await ACTIONS[action](host, context);
  await context.store.audit.insert({
    at: context.now(),
    operator,
    action: `${action}-host`,
    target: host,
    count,
  });
  return count;
}

type Act = (host: string, context: Context) => Promise<number>;

/** Blocking ends what waits for the host; followers there stay, and get nothing while it lasts. */
const block: Act = async (host, { store, now }) => {
  await store.hosts.setRule(host, 'blocked');
  return store.deliveries.dropHost(host, now());
};

const allow: Act = async (host, { store }) => {
  await store.hosts.setRule(host, 'allowed');
  return 0;
};

const pause: Act = async (host, { store, now }) => {
  await store.hosts.setPaused(host, now());
  return store.deliveries.countPending(host);
};

const resume: Act = async (host, context) => {
  await context.store.hosts.setPaused(host, undefined);
  const count = await context.store.deliveries.countPending(host);
  await hurry(host, context);
  return count;
};

/** What has failed is tried again, and a breaker that is open gets another chance. */
const retry: Act = async (host, context) => {
  const { store, now } = context;
  const forgotten = { failures: undefined, firstFailureAt: undefined, openUntil: undefined };
  await store.hosts.learn(host, forgotten, now());
  const count = await store.deliveries.retryHost(host, now());
  await hurry(host, context);
  return count;
};

const drop: Act = (host, { store, now }) => store.deliveries.dropHost(host, now());

const ACTIONS: Readonly<Record<HostAction, Act>> = { block, allow, pause, resume, retry, drop };

/** Without Redis nothing is lost: the deliveries run when their time has come. */
async function hurry(host: string, { store, producer }: Context): Promise<void> {
  const ids = await store.deliveries.listPending(host, MAX_HURRIED);
  await producer.hurry(deliverActivity, ids).catch(() => undefined);
}
