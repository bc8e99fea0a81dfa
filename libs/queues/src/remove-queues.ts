import { Cluster } from 'ioredis';
import { connectProducerRedis } from './redis.ts';

const BATCH = 1000;

/** Removes every key of the queues under `prefix`, which nothing works on any more. */
export async function removeQueues(redisUrl: string, prefix: string): Promise<void> {
  const redis = connectProducerRedis(redisUrl);
  try {
    await new Promise<void>((resolve) => redis.once('ready', () => resolve()));
    const nodes = redis instanceof Cluster ? redis.nodes('master') : [redis];
    for (const node of nodes) {
      const keys = node.scanStream({ match: `{${prefix}:*`, count: BATCH });
      for await (const found of keys) for (const key of found) await redis.unlink(key);
    }
  } finally {
    redis.disconnect();
  }
}
