export { chooseCacheDir } from './choose-cache-dir.ts';
export { dockerEngine } from './docker/docker-engine.ts';
export type {
  Launch,
  LocalServer,
  LocalServerOptions,
  Log,
  ServerKind,
} from './local-server.ts';
export { askMongo } from './mongo/ask-mongo.ts';
export { mongoImage } from './mongo/docker-mongo.ts';
export { mongoKind, startLocalMongo } from './mongo/start-local-mongo.ts';
export { type CommandResult, runCommand } from './processes/run-command.ts';
export { findPython, type Python } from './python/find-python.ts';
export { installWheel } from './python/install-wheel.ts';
export { redisImage } from './redis/docker-redis.ts';
export { redisKind, startLocalRedis } from './redis/start-local-redis.ts';
export { findRunningServer } from './start-local-server.ts';
