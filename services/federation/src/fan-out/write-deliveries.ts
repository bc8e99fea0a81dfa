import { deliverActivity, type EnqueueResult } from '@artdag/queues';
import { hostOfIri } from '@artdag/registry';
import type { NewDelivery, SignedActivity } from '@artdag/store';
import type { FederationContext } from '../context.ts';

type Context = Pick<FederationContext, 'store' | 'producer' | 'iris' | 'now'>;

/** An activity that is sent out, and whether an older one of the same object is before it. */
export interface Sending {
  readonly activity: Pick<SignedActivity, 'activityId' | 'actor' | 'objectIri' | 'publishedAt'>;
  readonly hasPredecessor: boolean;
}

/**
 * Writes a delivery for each inbox but our own and those of blocked hosts, and enqueues them;
 * `deferred` where some may not be on the queue.
 */
export async function writeDeliveries(
  inboxes: readonly string[],
  { activity, hasPredecessor }: Sending,
  { store, producer, iris, now }: Context,
): Promise<EnqueueResult> {
  const own = hostOfIri(iris.base);
  const targets = inboxes.flatMap((inbox) => {
    const host = hostOfIri(inbox);
    return host === undefined || host === own ? [] : [{ inbox, host }];
  });
  const blocked = await store.hosts.filterBlocked([...new Set(targets.map(({ host }) => host))]);
  const { activityId, actor, objectIri, publishedAt } = activity;
  const deliveries = targets
    .filter(({ host }) => !blocked.has(host))
    .map((target): NewDelivery => {
      return { ...target, activityId, actor, objectIri, publishedAt, hasPredecessor };
    });
  const ids = await store.deliveries.insertMany(deliveries, now());
  return producer.enqueueMany(deliverActivity, ids);
}
