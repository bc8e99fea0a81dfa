export type { Role } from './constellation-role.ts';
export {
  type Constellation,
  type ConstellationOptions,
  startConstellation,
} from './constellation-start.ts';
export { createTestPrefix } from './create-test-prefix.ts';
export { createTestRuntime } from './create-test-runtime.ts';
export { createTestDatabaseUrl, createTestStore } from './create-test-store.ts';
export { delayCopies } from './delay-copies.ts';
export { leaveNothing } from './leave-nothing.ts';
export { type ReplicaSet, startReplicaSet } from './mongo-replica-set.ts';
export {
  activityIdOf,
  activityRecord,
  assetRecord,
  contentHashOf,
  ORIGINAL_ACTOR,
  ORIGINAL_BASE,
  type OriginalFiles,
  type OriginalWork,
  originalFiles,
  writeOriginalFiles,
} from './original-files.ts';
export { makeOriginalKeys, type OriginalKeys } from './original-keys.ts';
export { type ProcessChild, startChild } from './process-child.ts';
export { findProcesses } from './process-find.ts';
export { freePort } from './process-free-port.ts';
export { redisCommand } from './process-redis-command.ts';
export { type ProcessServer, startMongoServer, startRedisServer } from './process-server.ts';
export { waitFor } from './process-wait.ts';
export { type RedisCluster, startRedisCluster } from './redis-cluster.ts';
export { startWatchedRedis, type WatchedRedis } from './redis-sentinel.ts';
export { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
