import { type Producer, processInboxActivity } from '@artdag/queues';

/** Whether more waits than is worked off. */
export interface BackPressure extends AsyncDisposable {
  isHigh(): boolean;
}

const SAMPLE_EVERY_MS = 2000;
const MAX_WAIT_MS = 60_000;
const MAX_MEMORY_SHARE = 0.8;

/**
 * {@link BackPressure} of the inbox queue and of Redis, sampled every two seconds. While Redis is
 * away nothing is known of it and posts are taken: they are stored, and queued when it is back.
 */
export function watchBackPressure(producer: Pick<Producer, 'load'>): BackPressure {
  let isHigh = false;

  async function look() {
    try {
      const { oldestWaitingMs, memoryShare } = await producer.load(processInboxActivity);
      isHigh = oldestWaitingMs > MAX_WAIT_MS || memoryShare > MAX_MEMORY_SHARE;
    } catch {
      isHigh = false;
    }
  }

  let sample = look();
  const timer = setInterval(() => {
    sample = look();
  }, SAMPLE_EVERY_MS).unref();

  return {
    isHigh: () => isHigh,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await sample;
    },
  };
}
