export { chooseCacheDir } from './choose-cache-dir.ts';
export { dockerEngine } from './docker/docker-engine.ts';
export type { LocalServer, LocalServerOptions, Log } from './local-server.ts';
export { mongoImage } from './mongo/docker-mongo.ts';
export { startLocalMongo } from './mongo/start-local-mongo.ts';
export { redisImage } from './redis/docker-redis.ts';
export { startLocalRedis } from './redis/start-local-redis.ts';
