import { deliverActivity, type Producer } from '@artdag/queues';
import { hostOfIri } from '@artdag/registry';
import type { SignedActivity, Store } from '@artdag/store';
import type { BenchFollower } from './add-followers.ts';

const CHUNK = 1000;

/** Writes the ledger and the queue of one activity to these followers, as a fan-out does. */
export async function writeBacklog(
  { activityId, actor, objectIri, publishedAt }: SignedActivity,
  targets: readonly BenchFollower[],
  { store, producer }: { readonly store: Store; readonly producer: Producer },
): Promise<void> {
  for (let start = 0; start < targets.length; start += CHUNK) {
    const rows = targets.slice(start, start + CHUNK).map(({ inbox }) => {
      const host = hostOfIri(inbox) ?? '';
      return { activityId, actor, objectIri, publishedAt, inbox, host, hasPredecessor: false };
    });
    const ids = await store.deliveries.insertMany(rows, new Date());
    await producer.enqueueMany(deliverActivity, ids);
  }
}
