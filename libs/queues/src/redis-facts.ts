import type { RedisConnection } from './redis.ts';

/** What the Redis server says of itself. */
export interface RedisFacts {
  readonly version: string;
  /** What it does when its memory is full; only `noeviction` keeps every job. */
  readonly evictionPolicy: string;
  /** Whether each write goes to a file (AOF). */
  readonly isPersistent: boolean;
  /** Part of the memory that it may use which it does use; 0 where it has no limit. */
  readonly memoryShare: number;
  readonly hasMemoryLimit: boolean;
  /** Its clock. */
  readonly time: Date;
}

/** Asks a server for its {@link RedisFacts}. */
export async function inspectRedis(redis: RedisConnection): Promise<RedisFacts> {
  const [server, memory, persistence, [seconds, microseconds]] = await Promise.all([
    redis.info('server'),
    redis.info('memory'),
    redis.info('persistence'),
    redis.time(),
  ]);
  const { share, limit } = readMemory(memory);
  return {
    version: readField(server, 'redis_version'),
    evictionPolicy: readField(memory, 'maxmemory_policy'),
    isPersistent: readField(persistence, 'aof_enabled') === '1',
    memoryShare: share,
    hasMemoryLimit: limit > 0,
    time: new Date(Number(seconds) * 1000 + Number(microseconds) / 1000),
  };
}

/** The limit in bytes, 0 for none, and the part of it that is used, from `INFO memory`. */
export function readMemory(info: string): { readonly limit: number; readonly share: number } {
  const limit = Number(readField(info, 'maxmemory'));
  return { limit, share: limit > 0 ? Number(readField(info, 'used_memory')) / limit : 0 };
}

function readField(info: string, name: string): string {
  return new RegExp(`^${name}:(\\S*)`, 'm').exec(info)?.[1] ?? '';
}
