import { QueueEvents } from 'bullmq';
import { closeInTime } from './close-in-time.ts';
import { jobIdOf, type QueueContract } from './contracts/queue-contract.ts';
import { keyPrefix } from './open-queue.ts';
import { connectWorkerRedis } from './redis.ts';

/** Hears of jobs that end, so that a request can wait for one. Only a hint: the store knows. */
export interface Completions extends AsyncDisposable {
  /** Whether the job of `id` has ended in some way within `timeoutMs`. */
  wait(id: string, timeoutMs: number): Promise<boolean>;
}

/** {@link Completions} of one queue. */
export function listenForCompletions(
  contract: QueueContract,
  { redisUrl, prefix }: { redisUrl: string; prefix: string },
): Completions {
  const { redis, giveUp } = connectWorkerRedis(redisUrl);
  const events = new QueueEvents(contract.name, {
    connection: redis,
    prefix: keyPrefix(prefix, contract.name),
  });
  const waiting = new Map<string, Set<(hasEnded: boolean) => void>>();

  function wake({ jobId }: { jobId: string }) {
    for (const resolve of waiting.get(jobId) ?? []) resolve(true);
  }
  events.on('completed', wake).on('failed', wake);
  events.on('error', () => undefined);

  return {
    async wait(id, timeoutMs) {
      const jobId = jobIdOf(contract, id);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const resolvers = waiting.get(jobId) ?? new Set();
      waiting.set(jobId, resolvers.add(resolve));
      const timer = setTimeout(resolve, timeoutMs, false);
      const hasEnded = await promise;
      clearTimeout(timer);
      resolvers.delete(resolve);
      if (resolvers.size === 0) waiting.delete(jobId);
      return hasEnded;
    },
    async [Symbol.asyncDispose]() {
      for (const resolvers of waiting.values()) for (const resolve of resolvers) resolve(false);
      giveUp();
      redis.disconnect();
      await closeInTime(events.close());
    },
  };
}
