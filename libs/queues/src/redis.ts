import { Cluster, Redis } from 'ioredis';
import { parseRedisUrl, type RedisPlace } from './redis-url.ts';

/** A connection to one Redis, to the primary that sentinels name, or to a whole Redis Cluster. */
export type RedisConnection = Redis | Cluster;

/** A connection whose commands fail at once while Redis is away: for whoever must answer somebody. */
export function connectProducerRedis(url: string): RedisConnection {
  return connect(url, retryStrategy, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 1000,
  });
}

/** A connection whose commands wait for Redis to come back, and how to end that. */
export interface WorkerRedis {
  readonly redis: RedisConnection;
  /** From here on what is lost stays lost, for this connection and for its duplicates: waiting ends. */
  giveUp(): void;
}

/** {@link WorkerRedis} for workers, which have nothing better to do than to wait. */
export function connectWorkerRedis(url: string): WorkerRedis {
  let isGivenUp = false;
  const retry = (times: number) => (isGivenUp ? null : retryStrategy(times));
  const giveUp = () => {
    isGivenUp = true;
  };
  return { redis: connect(url, retry, { maxRetriesPerRequest: null }), giveUp };
}

/** Back within a second after an outage of any length. */
function retryStrategy(times: number): number {
  return Math.min(100 * times, 1000);
}

type Retry = (times: number) => number | null;

interface Patience {
  readonly maxRetriesPerRequest: number | null;
  readonly enableOfflineQueue?: boolean;
  readonly commandTimeout?: number;
}

function connect(url: string, retry: Retry, patience: Patience): RedisConnection {
  const connection = open(parseRedisUrl(url), retry, { ...patience, connectTimeout: 2000 });
  // Connection errors show in the health checks and in failed commands; as events they would end the process.
  return connection.on('error', () => undefined);
}

function open(
  place: RedisPlace,
  retry: Retry,
  options: Patience & { readonly connectTimeout: number },
): RedisConnection {
  if (place.kind === 'single') return new Redis(place.url, { ...options, retryStrategy: retry });
  const { username, password, isEncrypted } = place;
  const login = {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(isEncrypted && { tls: {} }),
  };
  if (place.kind === 'cluster') {
    const { enableOfflineQueue = true, ...redisOptions } = options;
    return new Cluster([...place.nodes], {
      enableOfflineQueue,
      clusterRetryStrategy: retry,
      redisOptions: { ...redisOptions, ...login },
      // A node is known by the name that its certificate has, not by an address.
      ...(isEncrypted && { dnsLookup: (name, done) => done(null, name) }),
    });
  }
  return new Redis({
    ...options,
    ...login,
    sentinels: [...place.sentinels],
    name: place.primary,
    db: place.database,
    retryStrategy: retry,
    sentinelRetryStrategy: retry,
    enableTLSForSentinelMode: isEncrypted,
    ...(isEncrypted && { sentinelTLS: {} }),
    ...(place.sentinelPassword !== undefined && { sentinelPassword: place.sentinelPassword }),
  });
}
