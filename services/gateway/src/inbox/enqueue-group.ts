import type { Producer, QueueContract } from '@artdag/queues';

/** Enqueues for callers who do not wait: what they promised stands in the store. */
export interface EnqueueGroup extends AsyncDisposable {
  add(id: string): void;
}

/** Beyond this many the relay finds what was left out. */
const MAX_WAITING = 10_000;

/** Ids that come while one round trip is under way go together in the next. */
export function createEnqueueGroup(
  producer: Pick<Producer, 'enqueueMany'>,
  contract: QueueContract,
): EnqueueGroup {
  let waiting: string[] = [];
  let draining: Promise<void> | undefined;

  async function drain() {
    while (waiting.length > 0) {
      const ids = waiting;
      waiting = [];
      await producer.enqueueMany(contract, ids);
    }
    draining = undefined;
  }

  return {
    add(id) {
      if (waiting.length < MAX_WAITING) waiting.push(id);
      draining ??= drain();
    },
    async [Symbol.asyncDispose]() {
      await draining;
    },
  };
}
