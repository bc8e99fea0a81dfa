import { Redis } from 'ioredis';

/** A connection whose commands fail at once while Redis is away: for whoever must answer somebody. */
export function connectProducerRedis(url: string): Redis {
  return quietRedis(
    new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: 1000,
      connectTimeout: 2000,
      retryStrategy,
    }),
  );
}

/** A connection whose commands wait for Redis to come back, and how to end that. */
export interface WorkerRedis {
  readonly redis: Redis;
  /** From here on what is lost stays lost, for this connection and for its duplicates: waiting ends. */
  giveUp(): void;
}

/** {@link WorkerRedis} for workers, which have nothing better to do than to wait. */
export function connectWorkerRedis(url: string): WorkerRedis {
  let isGivenUp = false;
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: 2000,
    retryStrategy: (times) => (isGivenUp ? null : retryStrategy(times)),
  });
  const giveUp = () => {
    isGivenUp = true;
  };
  return { redis: quietRedis(redis), giveUp };
}

/** Back within a second after an outage of any length. */
function retryStrategy(times: number): number {
  return Math.min(100 * times, 1000);
}

/** Connection errors show in the health checks and in failed commands; as events they would end the process. */
function quietRedis(redis: Redis): Redis {
  return redis.on('error', () => undefined);
}
