import type { Command } from 'ioredis';
import type { RedisConnection } from './redis.ts';

/** Who hears of each command to a store when it has ended. */
export interface CommandObserver {
  commandEnded(command: string, tookMs: number, isOk: boolean): void;
}

/**
 * Tells of the commands of one connection. Duplicates of it, on which BullMQ waits for work, are not
 * heard: their time is no latency.
 */
export function observeCommands(
  redis: RedisConnection,
  observer: CommandObserver | undefined,
): RedisConnection {
  if (!observer) return redis;
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command: Command, stream?: Parameters<typeof send>[1]) => {
    const startedAt = performance.now();
    const tell = (isOk: boolean) =>
      observer.commandEnded(command.name, performance.now() - startedAt, isOk);
    command.promise.then(
      () => tell(true),
      () => tell(false),
    );
    return send(command, stream);
  };
  return redis;
}
