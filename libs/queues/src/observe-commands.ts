import type { Redis } from 'ioredis';

/** Who hears of each command to a store when it has ended. */
export interface CommandObserver {
  commandEnded(command: string, tookMs: number, isOk: boolean): void;
}

/**
 * Tells of the commands of one connection. Duplicates of it, on which BullMQ waits for work, are not
 * heard: their time is no latency.
 */
export function observeCommands(redis: Redis, observer: CommandObserver | undefined): Redis {
  if (!observer) return redis;
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
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
